import type { WorkerContext } from '../context.ts';
import { downloadRound } from '../downloads/round.ts';
import { followUp } from '../feeds/follow-up.ts';
import { importsInRound } from '../imports/round.ts';
import { wakeOutbox } from '../outbox/wake.ts';
import { pause } from '../pause.ts';
import { noteWakeUp, WAKE_UP_MS } from '../wake-ups.ts';

/** What is begun has this long to end, before the browser ends the event. */
export const ONE_DELIVERY_MS = 60_000;

const LOOKS = 20;
const LOOK_AGAIN_MS = 100;

/** A sync event ends with this error where work is left: only then does the browser call again. */
export class WorkLeftError extends Error {
  override readonly name = 'WorkLeftError';
}

/**
 * Background Sync: there is a connection. Whatever the tag, the outbox is delivered, and downloads and
 * an import go on for one bounded round.
 *
 * Rejects while work is left, because a worker without a window may not register another sync
 * (https://wicg.github.io/background-sync/spec/#dom-syncmanager-register); after the last chance it
 * waits for the next page or periodic sync.
 */
export async function onSync(event: SyncEvent, context: WorkerContext): Promise<void> {
  const { tag, lastChance } = event;
  const until = context.now() + WAKE_UP_MS;
  const workedOff = await noteWakeUp(context, { by: 'sync', tag, lastChance }, async () => {
    await connected(context);
    // New episodes that a worker has left undecided are among what goes on.
    await followUp(context).catch(context.report);
    const [outbox, ...others] = await Promise.all([
      wakeOutbox(context, until - ONE_DELIVERY_MS),
      downloadRound(context, until),
      importsInRound(context, until),
    ]);
    const isLeft = outbox.left > 0 || others.includes('left');
    return { workedOff: isLeft ? 'left' : 'done', outbox };
  });
  if (workedOff === 'left' && !lastChance) {
    throw new WorkLeftError('work is left: the browser is to call again');
  }
}

/** The browser sends the event in the moment of the connection, and `onLine` may come after it. */
export async function connected(context: WorkerContext): Promise<void> {
  for (let look = 0; look < LOOKS && !context.isOnline(); look += 1) {
    await pause(context, LOOK_AGAIN_MS);
  }
}
