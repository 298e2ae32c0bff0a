import { PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import type { Answered } from './answered.ts';
import { shellCache } from './cache-names.ts';

/** Put in by the build; in development there is none, and nothing is precached. */
declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: (PrecacheEntry | string)[] | undefined;
};

/*
 * Workbox's controller without Workbox's own listeners: `sw.ts` stays the one place where events
 * arrive.
 */
const precache = new PrecacheController({
  cacheName: shellCache(new URL(self.registration.scope)),
});
precache.addToCacheList(self.__WB_MANIFEST ?? []);

/** Rejects unless every file of this version is stored: a half-stored version must not install. */
export async function installShell(event: ExtendableEvent): Promise<void> {
  await precache.install(event);
}

export async function activateShell(event: ExtendableEvent): Promise<void> {
  await precache.activate(event);
}

/** What the server answers itself, also when somebody opens it in a tab. */
const NOT_THE_SHELL = /^(api|media|artwork|sample|healthz|assets)(\/|$)/;

/**
 * The key of the stored file for a request, `undefined` for anything that is not the shell's. Every
 * navigation inside the scope is `index.html`: routes live behind the hash.
 */
export function shellKey(request: Request, baseUrl: URL): string | undefined {
  if (request.method !== 'GET') return undefined;
  const url = new URL(request.url);
  if (url.origin !== baseUrl.origin || !url.pathname.startsWith(baseUrl.pathname)) return undefined;
  const path = url.pathname.slice(baseUrl.pathname.length);
  const file = request.mode === 'navigate' && !NOT_THE_SHELL.test(path) ? 'index.html' : path;
  const address = new URL(file, baseUrl).href;
  return precache.getCacheKeyForURL(address) && address;
}

/** The stored file of a `shellKey`; from the network, should the browser have lost it. */
export async function answerFromShell(request: Request, key: string): Promise<Answered> {
  const stored = await precache.matchPrecache(key);
  if (stored) return { response: stored, from: 'cache' };
  return { response: await fetch(request), from: 'network' };
}
