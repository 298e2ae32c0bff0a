import { getAttempt } from '../../core/storage/attempts.ts';
import { setAside } from '../../core/storage/damage.ts';
import { getScrubPlace, putScrubPlace } from '../../core/storage/scrub.ts';
import type { WorkerContext } from '../context.ts';
import { readSegment } from './read-segment.ts';
import { repairDamaged } from './repair.ts';
import { committedFrom, isScrubDue } from './scrub-pass.ts';

/** What one step reads, give or take a segment: a tenth of a second's work. */
const STEP_BYTES = 16 * 1024 * 1024;

/**
 * Reads again, in idle time and step by step, what is downloaded, and holds it against the digests
 * that were taken when it was written: disks forget. A broken segment is set aside at once, so that
 * nothing broken is shown as Downloaded, and fetched again. The place is a row: a worker that dies
 * goes on there. Lives in the worker's second script, which idle time can wait for.
 */
export async function scrub(context: WorkerContext, stop: AbortSignal): Promise<void> {
  const db = await context.database();
  await repairDamaged(context);
  if (!(await isScrubDue(context))) return;
  const place = await getScrubPlace(db);
  const from = place && place.endedAt === undefined ? place : { attemptId: '', offsetBytes: 0 };
  let leftBytes = STEP_BYTES;
  for (const { episodeId, attemptId } of await committedFrom(context, from.attemptId)) {
    const attempt = await getAttempt(db, attemptId);
    for (const entry of attempt?.journal ?? []) {
      const { offsetBytes, lengthBytes } = entry;
      if (!attempt || (attemptId === from.attemptId && offsetBytes < from.offsetBytes)) continue;
      if (leftBytes <= 0 || stop.aborted) {
        return putScrubPlace(db, { attemptId, offsetBytes, endedAt: undefined });
      }
      leftBytes -= lengthBytes;
      if (await readSegment(context, attempt, entry)) continue;
      if (!(await setAside(db, episodeId, attemptId, entry))) break;
      await context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] });
    }
  }
  await putScrubPlace(db, { attemptId: '', offsetBytes: 0, endedAt: context.now() });
  await repairDamaged(context);
}
