import './later.ts';
import type { Later } from './later.ts';

declare const self: ServiceWorkerGlobalScope & { stowawayLater: Later };

/** Stands in for `later-script.ts` in `npm run dev`, where the worker is a module and cannot import later. */
export function later(): Later {
  return self.stowawayLater;
}
