import { receivedBytes } from '../../core/model/attempt.ts';
import type { Download } from '../../core/model/download.ts';
import { getAttempt } from '../../core/storage/attempts.ts';
import { listDownloads } from '../../core/storage/downloads.ts';
import type { WorkerContext } from '../context.ts';
import { pause } from '../pause.ts';
import type { WorkedOff } from '../wake-ups.ts';
import { windowsOf } from '../windows.ts';
import { advance, STEP_MS } from './advance.ts';

/** A page that is awake has claimed by then what it can start. */
const PAGE_MS = 3_000;

/**
 * Downloads step after step, for an event that no page stands behind, until nothing is left to do,
 * no step moves anything, or `until` (ms since 1970) comes near. What is to be tried again later is
 * left to a later call.
 *
 * A page that is open goes first, because only a page can start a Background Fetch. Without one, or
 * with one that does not stir (a phone may have frozen it), the worker fetches by itself.
 */
export async function downloadRound(
  context: WorkerContext,
  until: number,
  pageHadItsTurn = () => pause(context, PAGE_MS),
): Promise<WorkedOff> {
  let alone = (await windowsOf(context)).length === 0;
  let before: string | undefined;
  for (;;) {
    const left = await look(context);
    if (left.downloads.length === 0) return 'done';
    if (!context.isOnline() || context.now() + STEP_MS > until) return 'left';
    if (left.picture === before && !left.underWay) {
      if (alone) return 'left';
      await pageHadItsTurn();
      alone = true;
      before = undefined;
      continue;
    }
    before = left.picture;
    await advance(context, { alone });
    // Beside the step, but no page keeps the worker alive for it.
    await context.running.allSettled('companions:');
  }
}

/** What this worker could go on with, and a picture of it, the same for as long as nothing moves. */
async function look(context: WorkerContext) {
  const db = await context.database();
  const downloads: Download[] = [];
  const picture: unknown[] = [];
  let underWay = false;
  for (const download of await listDownloads(db)) {
    const { episodeId, state, retries, attemptId } = download;
    const attempt = attemptId && (await getAttempt(db, attemptId));
    // Held by a Background Fetch, whose own event wakes us.
    const isHeld = attempt?.lease?.expiresAt === Number.POSITIVE_INFINITY;
    if (!isOurs(download) || (isHeld && context.registration.backgroundFetch)) continue;
    underWay ||= context.running.has(`attempt:${attemptId}`);
    downloads.push(download);
    picture.push([
      episodeId,
      state,
      retries,
      attemptId,
      attempt ? receivedBytes(attempt) : 0,
      attempt?.hashed?.bytes,
    ]);
  }
  return { downloads, picture: JSON.stringify(picture), underWay };
}

function isOurs({ state }: Download): boolean {
  switch (state.kind) {
    case 'queued':
    case 'active':
    case 'verifying':
    case 'deleting':
      return true;
    case 'paused':
      // Waiting for another network as well: this may be it.
      return state.reason !== 'user' && state.reason !== 'space';
    default:
      return false;
  }
}
