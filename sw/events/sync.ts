import type { WorkerContext } from '../context.ts';
import { downloadRound } from '../downloads/round.ts';
import { noteWakeUp, WAKE_UP_MS } from '../wake-ups.ts';

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
  const workedOff = await noteWakeUp(context, { by: 'sync', tag, lastChance }, () =>
    downloadRound(context, until),
  );
  if (workedOff === 'left' && !lastChance) {
    throw new WorkLeftError('downloads are left: the browser is to call again');
  }
}
