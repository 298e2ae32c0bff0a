import type { Later } from './later.ts';

declare const self: ServiceWorkerGlobalScope & { stowawayLater?: Later };

/**
 * The second script, loaded when it is first needed. A worker may only import scripts that it has
 * imported while it was installing; those are stored with it, and come without a network ever after
 * (https://w3c.github.io/ServiceWorker/#importscripts). So it is called once in `install`, too.
 */
export function later(): Later {
  if (!self.stowawayLater) importScripts(new URL('later.js', self.location.href).href);
  if (!self.stowawayLater) throw new Error('the second script did not load');
  return self.stowawayLater;
}
