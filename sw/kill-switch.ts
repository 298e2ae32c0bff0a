/*
 * The kill switch: a worker that takes the place of a broken one, and then removes itself.
 *
 *     npm run build && npx vite build --mode kill-switch
 *
 * puts it into `dist/app/sw.js`, where the real worker was. Deploy that one file (or the whole
 * folder) in place of the broken deploy. Each browser finds it at the next visit, without anybody
 * pressing anything: it takes over, deletes the stored app files, unregisters, and loads every open
 * window anew, from the network and without a worker.
 *
 * The library and the audio stay: they are in IndexedDB, which is not touched. Without a worker
 * nothing new can be kept, and the app says so. Deploy a good build afterwards: the next visit
 * registers its worker, and everything is back, downloads included.
 *
 * `sw.js` must go on being served, by the kill switch or by a good build: a browser that gets a 404
 * for it keeps the worker that it has.
 */
import { refusal } from '../core/contract/envelope.ts';
import { shellCache } from './caching/cache-names.ts';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => event.waitUntil(replace()));
self.addEventListener('activate', (event) => event.waitUntil(remove()));
self.addEventListener('message', (event) => event.waitUntil(refuse(event)));

/**
 * A page that has no worker registers this one at every visit. It does not install then, and the
 * page knows that there is none; were it to install, every page would be loaded anew for ever.
 */
async function replace(): Promise<void> {
  if (!self.registration.active) throw new Error('the kill switch is on: no worker here');
  await self.skipWaiting();
}

async function remove(): Promise<void> {
  await self.caches.delete(shellCache(new URL(self.registration.scope)));
  // Only those that had a worker: the others run without one already.
  const windows = await self.clients.matchAll({ type: 'window' });
  await self.registration.unregister();
  // Not awaited: a navigation waits for the activation, which would be waiting for it.
  for (const window of windows) window.navigate(window.url).catch(() => undefined);
}

/**
 * A page that registers while another one still holds the old registration brings that one back to
 * life, and us with it. It is told that we do not understand each other, and offers to reload.
 */
async function refuse({ ports }: ExtendableMessageEvent): Promise<void> {
  ports[0]?.postMessage(refusal('protocol-mismatch', 'the kill switch is on: no worker here'));
  await self.registration.unregister();
}
