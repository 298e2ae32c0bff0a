import type { Download } from '../../core/model/download.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { remainingWaitMs } from '../../core/model/waiting.ts';
import { markDownloads } from '../../core/storage/download-marks.ts';
import { listDownloads, transition } from '../../core/storage/downloads.ts';
import type { WorkerContext } from '../context.ts';

/*
 * Deleting several with an undo. The wish is on the rows from the moment it is confirmed, with the
 * time at which it is carried out: a tab that is closed deletes all the same, every tab can undo it
 * until then, and undoing needs no network, because not a byte has gone. See docs/decisions/11.
 */

const UNDO_MS = 20_000;

export async function removeLater(
  context: WorkerContext,
  episodeIds: readonly EpisodeId[],
): Promise<EpisodeId[]> {
  const since = context.now();
  const removal = { since, at: since + UNDO_MS };
  return markDownloads(await context.database(), episodeIds, { removal });
}

/** Makes ordinary deletions of those whose time is over; `clearDeleted` takes them from there. */
export async function removeDue(context: WorkerContext): Promise<void> {
  const db = await context.database();
  const isDue = (row: Download | undefined) => remainingRemovalMs(row, context.now()) === 0;
  for (const download of await listDownloads(db)) {
    // Looked at again inside the transaction: an undo may have come.
    if (isDue(download)) await transition(db, download.episodeId, { type: 'deleted' }, {}, isDue);
  }
}

/** `undefined` where nothing is to be removed, or is being removed already. */
export function remainingRemovalMs(row: Download | undefined, now: number): number | undefined {
  if (!row?.removal || row.state.kind === 'deleting') return undefined;
  return remainingWaitMs({ retryAt: row.removal.at, waitsSince: row.removal.since }, now);
}
