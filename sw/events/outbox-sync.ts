import type { WorkerContext } from '../context.ts';
import { wakeOutbox, wakeOutboxBy } from '../outbox/wake.ts';
import { WAKE_UP_MS } from '../wake-ups.ts';
import { connected, ONE_DELIVERY_MS, WorkLeftError } from './sync.ts';

/**
 * What workbox-background-sync calls: in a `sync` event of its tag, beside our own listener, and,
 * where the browser has no Background Sync, once at each start of the worker, if it is the one at work.
 * Both share one delivery.
 * Rejects while something is left, for the browser to call again.
 */
export async function onOutboxSync(context: WorkerContext): Promise<void> {
  const until = context.now() + WAKE_UP_MS - ONE_DELIVERY_MS;
  if (context.registration.sync) {
    await connected(context);
    if ((await wakeOutbox(context, until)).left === 0) return;
    throw new WorkLeftError('the outbox is not empty: the browser is to call again');
  }
  if (context.isActivated()) {
    await wakeOutboxBy('worker-start', context, until).catch(context.report);
  }
}
