import type { Attempt, Download } from '../../core/model/download.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { changeAttempt, getAttempt } from '../../core/storage/attempts.ts';
import { listDownloads, transition } from '../../core/storage/downloads.ts';
import { listSegmentOffsets } from '../../core/storage/segments.ts';
import type { WorkerContext } from '../context.ts';
import { abortStrays } from './background-fetch.ts';
import { isComplete } from './plan.ts';
import { clearDeleted, clearOrphans, wakeForSpace } from './retention.ts';

/**
 * The start-up check: what the rows promise is held against what is stored. Runs when a page opens,
 * not at every start of the worker. Running it twice changes nothing more.
 */
export function reconcile(context: WorkerContext): Promise<void> {
  return context.running.join('reconcile', async () => {
    await clearDeleted(context);
    await clearOrphans(context);
    await abortStrays(context);
    // There may be room by now that nobody told us of.
    await wakeForSpace(context);
    const db = await context.database();
    const evicted: EpisodeId[] = [];
    for (const download of await listDownloads(db)) {
      if (await checkStored(context, download)) evicted.push(download.episodeId);
    }
    if (evicted.length > 0) {
      await context.broadcast({ type: 'downloads/changed', episodeIds: evicted });
    }
  });
}

/** `true` when a committed download has lost bytes, and is marked so. */
async function checkStored(
  context: WorkerContext,
  { episodeId, state, attemptId, committedAttemptId }: Download,
): Promise<boolean> {
  const db = await context.database();
  const id = state.kind === 'committed' ? committedAttemptId : attemptId;
  const attempt = id && (await getAttempt(db, id));
  if (!attempt) {
    if (state.kind !== 'committed') return false;
    await markEvicted(context, episodeId);
    return true;
  }
  const journal = await entriesWithBytes(context, attempt);
  const whole = journal.length === attempt.journal.length;
  if (state.kind === 'committed') {
    if (whole && isComplete(attempt)) return false;
    await markEvicted(context, episodeId);
    return true;
  }
  // Bytes that are gone are missing again, and the next plan asks for them.
  if (!whole) await changeAttempt(db, attempt.id, attempt.epoch, { journal });
  return false;
}

async function entriesWithBytes(context: WorkerContext, attempt: Attempt) {
  const offsets = new Set(await listSegmentOffsets(await context.database(), attempt.id));
  return attempt.journal.filter(({ offsetBytes }) => offsets.has(offsetBytes));
}

/** Committed bytes are gone. The rest of them is of no use, and goes as an orphan, at once. */
export async function markEvicted(context: WorkerContext, episodeId: EpisodeId): Promise<void> {
  await transition(
    await context.database(),
    episodeId,
    { type: 'evicted' },
    { attemptId: undefined, committedAttemptId: undefined },
  );
  await clearOrphans(context);
}
