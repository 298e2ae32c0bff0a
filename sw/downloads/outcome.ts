import type { Attempt, Download } from '../../core/model/download.ts';
import type { Failure } from '../../core/model/failure.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { changeAttempt, getAttempt } from '../../core/storage/attempts.ts';
import { commitDownload, getDownload, transition } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { keepCompanions } from '../caching/companions.ts';
import type { WorkerContext } from '../context.ts';
import { notifyFinished } from '../notify-finished.ts';
import { isComplete } from './plan.ts';
import { dropAttempt } from './retention.ts';

/*
 * How a piece of work on an attempt can end. Each of these writes the row first and tells the pages
 * afterwards; a worker that dies between two writes is picked up by the next step.
 */

const MAX_RETRIES = 10;
const FIRST_BACKOFF_MS = 2_000;
const LONGEST_BACKOFF_MS = 5 * 60_000;

/** What stopped the work on an attempt. */
export type Stop =
  | { kind: 'done' }
  /** Nothing is wrong: the time of this step is over, or somebody else took over. */
  | { kind: 'yielded' }
  | { kind: 'changed' }
  | { kind: 'no-space' }
  | { kind: 'failed'; failure: Failure }
  /** Try again later. `progressed`: bytes came, so it is not one more failure in a row. */
  | { kind: 'wait'; failure: Failure; progressed: boolean }
  /** A whole answer broke off: its bytes cannot be continued, the next try begins anew. */
  | { kind: 'void'; failure: Failure; endedAtBytes: number | undefined };

/** What a bug, or a store that fails, means for the attempt at hand: it waits, and ends in a reason. */
export function unexpectedStop(context: WorkerContext, error: unknown): Stop {
  context.report(error);
  const failure = { code: 'unexpected', detail: String(error) } as const;
  return { kind: 'wait', failure, progressed: false };
}

/** Gives the lease back and moves the download on, by what stopped the work. */
export async function settleWork(
  context: WorkerContext,
  { id, epoch, episodeId }: Attempt,
  stop: Stop,
): Promise<void> {
  const db = await context.database();
  context.progress.clear(episodeId);
  await changeAttempt(db, id, epoch, { lease: undefined });
  const attempt = await getAttempt(db, id);
  const download = await getDownload(db, episodeId);
  // Deleted, restarted or taken over meanwhile: not ours to decide any more.
  if (attempt?.epoch !== epoch || download?.attemptId !== id) return;

  if (isComplete(attempt)) return finish(context, attempt);
  switch (stop.kind) {
    case 'done':
    case 'yielded':
      return;
    case 'changed':
      return restart(context, download, download.restarts + 1);
    case 'no-space':
      await transition(db, episodeId, { type: 'interrupted', reason: 'space' });
      break;
    case 'failed':
      await transition(db, episodeId, { type: 'failed', failure: stop.failure });
      await context.broadcast({ type: 'download/failed', episodeId });
      break;
    case 'wait':
      await waitForRetry(context, download, stop.failure, stop.progressed ? 0 : 1);
      break;
    case 'void':
      await waitForRetry(context, download, stop.failure, 1, {
        attemptId: undefined,
        endedAtBytes: stop.endedAtBytes,
      });
      await dropAttempt(context, id);
      break;
  }
  await context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] });
}

/** Every byte is here: check the sum once more, then flip the pointer. */
export async function finish(context: WorkerContext, attempt: Attempt): Promise<void> {
  const { id, episodeId, epoch } = attempt;
  const db = await context.database();
  await transition(db, episodeId, { type: 'stored' });
  const committed = await commitDownload(db, episodeId, id, epoch);
  await context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] });
  if (!committed) return;
  await context.broadcast({ type: 'download/finished', episodeId });
  await notifyFinished(context, episodeId).catch(context.report);
  // Beside the step: chapters on a slow host must not hold up the next download.
  context.running
    .join(`companions:${episodeId}`, () => keepCompanionsOf(context, episodeId))
    .catch(context.report);
}

async function keepCompanionsOf(context: WorkerContext, episodeId: EpisodeId): Promise<void> {
  const episode = await getEpisode(await context.database(), episodeId);
  if (episode) await keepCompanions(context, episode);
}

/** The host's bytes changed: what is stored belongs to a version that is gone. */
async function restart(
  context: WorkerContext,
  { episodeId, attemptId }: Download,
  restarts: number,
): Promise<void> {
  const db = await context.database();
  const event =
    restarts > 3
      ? ({ type: 'failed', failure: { code: 'enclosure-changed' } } as const)
      : ({ type: 'restarted' } as const);
  await transition(db, episodeId, event, { attemptId: undefined, restarts });
  if (attemptId) await dropAttempt(context, attemptId);
  await context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] });
}

/** Waits longer after each failure in a row, with jitter; gives up after ten. */
export async function waitForRetry(
  context: WorkerContext,
  { episodeId, retries: before }: Download,
  failure: Failure,
  moreRetries: 0 | 1,
  change: Partial<Pick<Download, 'attemptId' | 'endedAtBytes'>> = {},
): Promise<void> {
  const db = await context.database();
  const online = context.isOnline();
  // A device without a connection has not failed; it waits for as long as it takes.
  const retries = moreRetries === 0 ? 0 : online ? before + 1 : before;
  if (retries > MAX_RETRIES) {
    await transition(db, episodeId, { type: 'failed', failure }, { ...change, retries: 0 });
    return;
  }
  const reason = online ? 'retry' : 'network';
  const retryAt = context.now() + backoffMs(retries, context.random);
  await transition(db, episodeId, { type: 'interrupted', reason }, { ...change, retries, retryAt });
}

function backoffMs(retries: number, random: () => number): number {
  if (retries === 0) return 0;
  const ceiling = Math.min(FIRST_BACKOFF_MS * 2 ** (retries - 1), LONGEST_BACKOFF_MS);
  return ceiling / 2 + random() * (ceiling / 2);
}
