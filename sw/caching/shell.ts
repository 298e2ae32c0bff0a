import { PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import { heldBuilds } from '../../core/messaging/page-build.ts';
import type { WorkerContext } from '../context.ts';
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
let controller: PrecacheController | undefined;

/** The files of this version; made at first need, and the same for the life of the script. */
function precache(): PrecacheController {
  if (controller) return controller;
  controller = new PrecacheController({
    cacheName: shellCache(new URL(self.registration.scope)),
    plugins: [
      {
        // Some hosts answer for a missing file with index.html and 200. Kept, that would be a script
        // for ever: a hashed file that is stored is never fetched again.
        cacheWillUpdate: async ({ request, response }) =>
          response.ok && isHtml(response) === /(\.html|\/)$/.test(new URL(request.url).pathname)
            ? response
            : null,
      },
    ],
  });
  controller.addToCacheList(self.__WB_MANIFEST ?? []);
  return controller;
}

function isHtml(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/html') ?? false;
}

/** Rejects unless every file of this version is stored: a half-stored version must not install. */
export function installShell(event: ExtendableEvent, context: WorkerContext): Promise<void> {
  return context.locks.request(shellLock(context), async () => {
    await precache().install(event);
  });
}

/**
 * Deletes files of other versions, unless one is still needed: pages of an older build go on until
 * they are reloaded, and load parts of theirs later; a newer build may be waiting with its own. So
 * Workbox's own clean-up, which deletes them in the moment of activation, is not used. Dies it half
 * way, the next start-up check goes on.
 */
export function tidyShell(context: WorkerContext): Promise<void> {
  // Under the same lock as an installation: what is being stored is never taken for old.
  return context.locks.request(shellLock(context), { ifAvailable: true }, async (lock) => {
    if (!lock || !(await isAlone(context))) return;
    const cache = await context.caches.open(shellCache(context.baseUrl));
    const ours = new Set(precache().getURLsToCacheKeys().values());
    for (const { url } of await cache.keys()) {
      if (!ours.has(url)) await cache.delete(url);
    }
  });
}

/** Whether all pages and workers that there are belong to this build. */
async function isAlone({ registration, locks, clients, baseUrl }: WorkerContext): Promise<boolean> {
  if (registration.installing || registration.waiting) return false;
  const scripts = await heldBuilds(locks, baseUrl.href);
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const pages = windows.filter(({ url }) => url.startsWith(baseUrl.href));
  // A page that is still loading holds no lock yet, and may be an old one.
  const known = scripts.length >= pages.length;
  return known && scripts.every((script) => precache().getCacheKeyForURL(script) !== undefined);
}

function shellLock({ baseUrl }: WorkerContext): string {
  return `shell ${baseUrl.pathname}`;
}

/** What the server answers itself, also when somebody opens it in a tab. */
const NOT_THE_SHELL = /^(api|media|artwork|sample|healthz|assets)(\/|$)/;
/** Named after their content by the build. */
const HASHED = /^assets\/./;

/**
 * The key of the stored file for a request, `undefined` for anything that is not the shell's. Every
 * navigation inside the scope is `index.html`, that of this version: routes live behind the hash.
 */
export function shellKey(request: Request, baseUrl: URL): string | undefined {
  if (request.method !== 'GET') return undefined;
  const url = new URL(request.url);
  if (url.origin !== baseUrl.origin || !url.pathname.startsWith(baseUrl.pathname)) return undefined;
  const path = url.pathname.slice(baseUrl.pathname.length);
  const file = request.mode === 'navigate' && !NOT_THE_SHELL.test(path) ? 'index.html' : path;
  const address = new URL(file, baseUrl).href;
  // A hashed file that is not of this version may be of an older one that is still open.
  return HASHED.test(path) ? address : precache().getCacheKeyForURL(address) && address;
}

/** The stored file of a `shellKey`; from the network, should the browser have lost it. */
export async function answerFromShell(
  request: Request,
  key: string,
  { caches, baseUrl }: WorkerContext,
): Promise<Answered> {
  const cache = await caches.open(shellCache(baseUrl));
  const stored = await cache.match(precache().getCacheKeyForURL(key) ?? key);
  if (stored) return { response: stored, from: 'cache' };
  return { response: await fetch(request), from: 'network' };
}
