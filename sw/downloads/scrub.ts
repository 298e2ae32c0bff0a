import type { AttemptId } from '../../core/model/ids.ts';
import { getAttempt } from '../../core/storage/attempts.ts';
import { setAside } from '../../core/storage/damage.ts';
import { listDownloads } from '../../core/storage/downloads.ts';
import { getScrubPlace, putScrubPlace } from '../../core/storage/scrub.ts';
import type { WorkerContext } from '../context.ts';
import { readSegment } from './read-segment.ts';
import { repairDamaged } from './repair.ts';

/** What one step reads, give or take a segment: a tenth of a second's work. */
const STEP_BYTES = 16 * 1024 * 1024;
/** Between the steps of a page that is looked at. */
export const SCRUB_PAUSE_MS = 30_000;
/** Between two passes, unless a page is opened. */
const REST_MS = 24 * 60 * 60_000;

/**
 * Reads again, in idle time and step by step, what is downloaded, and holds it against the digests
 * that were taken when it was written: disks forget. A broken segment is set aside at once, so that
 * nothing broken is shown as Downloaded, and fetched again. The place is a row: a worker that dies
 * goes on there.
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

/** Step after step, for an event that nobody waits for; until a pass is through, or `until` (ms since 1970). */
export async function scrubUntil(context: WorkerContext, until: number): Promise<void> {
  do {
    await context.running.join('scrub', (stop) => scrub(context, stop));
  } while ((await isScrubDue(context)) && context.now() < until);
}

/** Whether there is something to read. A clock that was put back makes it so, which does no harm. */
export async function isScrubDue(context: WorkerContext): Promise<boolean> {
  const db = await context.database();
  const endedAt = (await getScrubPlace(db))?.endedAt;
  const restMs = endedAt === undefined ? REST_MS : context.now() - endedAt;
  if (restMs >= 0 && restMs < REST_MS) return false;
  return (await committedFrom(context, '')).length > 0;
}

/** A page was opened: the next pass begins with it, if the last one has ended. */
export async function wakeScrub(context: WorkerContext): Promise<void> {
  const db = await context.database();
  const place = await getScrubPlace(db);
  if (place?.endedAt !== undefined) await putScrubPlace(db, { ...place, endedAt: undefined });
}

async function committedFrom(context: WorkerContext, first: string) {
  const committed = (await listDownloads(await context.database())).flatMap((download) => {
    const { episodeId, state, committedAttemptId: attemptId } = download;
    const isIn = state.kind === 'committed' && attemptId !== undefined && attemptId >= first;
    return isIn ? [{ episodeId, attemptId: attemptId as AttemptId }] : [];
  });
  return committed.sort((a, b) => (a.attemptId < b.attemptId ? -1 : 1));
}
