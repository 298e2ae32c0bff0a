import type { Attempt } from '../../core/model/attempt.ts';
import type { Download } from '../../core/model/download.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { forgetMissingBytes, getAttempt } from '../../core/storage/attempts.ts';
import { listDownloads } from '../../core/storage/downloads.ts';
import { listSegmentOffsets } from '../../core/storage/segments.ts';
import type { WorkerContext } from '../context.ts';
import { abortStrays } from './background-fetch.ts';
import { change } from './carry-out.ts';
import { clearDeleted, clearOrphans, wakeForSpace } from './clean-up.ts';
import { isComplete } from './plan.ts';
import { removeDue } from './removals.ts';
import { retain } from './retain.ts';

/**
 * The start-up check: what the rows promise is held against what is stored. Runs when a page opens,
 * not at every start of the worker. Running it twice changes nothing more.
 */
export function reconcile(context: WorkerContext): Promise<void> {
  return context.running.join('reconcile', async () => {
    await removeDue(context);
    await clearDeleted(context);
    await clearOrphans(context);
    await abortStrays(context);
    // There may be room by now that nobody told us of.
    await wakeForSpace(context);
    const db = await context.database();
    for (const download of await listDownloads(db)) await checkStored(context, download);
    await retain(context).catch(context.report);
    await clearDeleted(context);
  });
}

/** A committed download that has lost bytes is marked so. */
async function checkStored(
  context: WorkerContext,
  { episodeId, state, attemptId, committedAttemptId }: Download,
): Promise<void> {
  const db = await context.database();
  const id = state.kind === 'committed' ? committedAttemptId : attemptId;
  const attempt = id && (await getAttempt(db, id));
  if (!attempt) {
    if (state.kind === 'committed') await markEvicted(context, episodeId);
    return;
  }
  const journal = await entriesWithBytes(context, attempt);
  const whole = journal.length === attempt.journal.length;
  if (state.kind === 'committed') {
    if (!whole || !isComplete(attempt)) await markEvicted(context, episodeId);
    return;
  }
  // Bytes that are gone are missing again, and the next plan asks for them.
  if (!whole) await forgetMissingBytes(db, attempt.id);
}

async function entriesWithBytes(context: WorkerContext, attempt: Attempt) {
  const offsets = new Set(await listSegmentOffsets(await context.database(), attempt.id));
  return attempt.journal.filter(({ offsetBytes }) => offsets.has(offsetBytes));
}

/** Committed bytes are gone. The rest of them is of no use, and goes as an orphan, at once. */
export async function markEvicted(context: WorkerContext, episodeId: EpisodeId): Promise<void> {
  const gone = { attemptId: undefined, committedAttemptId: undefined };
  await change(context, episodeId, { type: 'evicted' }, gone);
  await clearOrphans(context);
}
