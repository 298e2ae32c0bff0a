import type { WorkerContext } from '../context.ts';
import { downloadRound } from '../downloads/round.ts';
import { later } from '../later-script.ts';
import { noteWakeUp, WAKE_UP_MS } from '../wake-ups.ts';

const LOOKS = 20;
const LOOK_AGAIN_MS = 100;

/** A sync event ends with this error where work is left: only then does the browser call again. */
export class WorkLeftError extends Error {
  override readonly name = 'WorkLeftError';
}

/**
 * Background Sync: there is a connection. Whatever the tag, downloads go on for one bounded round.
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
    await later().followUp(context);
    return downloadRound(context, until);
  });
  if (workedOff === 'left' && !lastChance) {
    throw new WorkLeftError('downloads are left: the browser is to call again');
  }
}

/** The browser sends the event in the moment of the connection, and `onLine` may come after it. */
export async function connected({ isOnline }: WorkerContext): Promise<void> {
  for (let look = 0; look < LOOKS && !isOnline(); look += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
