import type { AttemptId } from '../../core/model/ids.ts';
import { listDownloads } from '../../core/storage/downloads.ts';
import { getScrubPlace, putScrubPlace } from '../../core/storage/scrub.ts';
import type { WorkerContext } from '../context.ts';
import { scrub } from './scrub.ts';

/** Between the steps of a page that is looked at. */
export const SCRUB_PAUSE_MS = 30_000;
/** Between two passes, unless a page is opened. */
const REST_MS = 24 * 60 * 60_000;

/** One step of the slow check; callers that come together share it. */
export function scrubStep(context: WorkerContext): Promise<void> {
  return context.running.join('scrub', (stop) => scrub(context, stop));
}

/** Step after step, for an event that nobody waits for; until a pass is through, or `until` (ms since 1970). */
export async function scrubUntil(context: WorkerContext, until: number): Promise<void> {
  do {
    await scrubStep(context);
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

/** Whether a segment may be missing that was found to be broken, and could not be had until now. */
export async function hasDamaged(context: WorkerContext): Promise<boolean> {
  const downloads = await listDownloads(await context.database());
  return downloads.some(({ state, attemptId }) => state.kind === 'evicted' && attemptId);
}

/** A page was opened: the next pass begins with it, if the last one has ended. */
export async function wakeScrub(context: WorkerContext): Promise<void> {
  const db = await context.database();
  const place = await getScrubPlace(db);
  if (place?.endedAt !== undefined) await putScrubPlace(db, { ...place, endedAt: undefined });
}

/** What is downloaded, in the order of the pass. */
export async function committedFrom(context: WorkerContext, first: string) {
  const committed = (await listDownloads(await context.database())).flatMap((download) => {
    const { episodeId, state, committedAttemptId: attemptId } = download;
    const isIn = state.kind === 'committed' && attemptId !== undefined && attemptId >= first;
    return isIn ? [{ episodeId, attemptId: attemptId as AttemptId }] : [];
  });
  return committed.sort((a, b) => (a.attemptId < b.attemptId ? -1 : 1));
}
