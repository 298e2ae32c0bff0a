import { renewSoon } from './downloads/background-renew.ts';
import { settleBackgroundFetch } from './downloads/background-settle.ts';
import { markEvicted } from './downloads/reconcile.ts';
import { onOutboxSync } from './events/outbox-sync.ts';
import { onPeriodicSync } from './events/periodic-sync.ts';
import { onSync } from './events/sync.ts';
import { exchangeRelayToken } from './hosts/exchange-relay-token.ts';
import { handlers } from './requests/index.ts';

/*
 * The second script of the worker: what it does when a page asks, or the browser wakes it. The first
 * one answers: the app's own files, audio and pictures, which most of its starts are for. Loaded by
 * `later-script.ts` when somebody asks for one of these; it works on the same context.
 */

const later = {
  exchangeRelayToken,
  handlers,
  markEvicted,
  onOutboxSync,
  onPeriodicSync,
  onSync,
  renewSoon,
  settleBackgroundFetch,
};

export type Later = typeof later;

declare const self: ServiceWorkerGlobalScope & { stowawayLater?: Later };

self.stowawayLater = later;
