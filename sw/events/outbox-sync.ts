import type { WorkerContext } from '../context.ts';
import { wakeOutbox } from '../outbox/wake.ts';
import { connected, WorkLeftError } from './sync.ts';

/** What is begun by then has as long again to end before the browser ends the event. */
const BEGIN_MS = 60_000;

/**
 * What workbox-background-sync calls: in a `sync` event of its tag, and, where the browser has no
 * Background Sync, once at each start of the worker. Rejects while something is left, for the browser
 * to call again.
 */
export async function onOutboxSync(context: WorkerContext): Promise<void> {
  if (!context.registration.sync) {
    // A worker that is only being installed beside another leaves the work to that one.
    const { active, installing, waiting } = context.registration;
    if (active && !installing && !waiting)
      await wakeOutbox(context, context.now() + BEGIN_MS).catch(context.report);
    return;
  }
  await connected(context);
  if ((await wakeOutbox(context, context.now() + BEGIN_MS)) === 'left') {
    throw new WorkLeftError('the outbox is not empty: the browser is to call again');
  }
}
