import type { Download } from '../../core/model/download.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { remainingWaitMs } from '../../core/model/waiting.ts';
import { markDownloads } from '../../core/storage/download-marks.ts';
import {
  eraseDownload,
  getDownload,
  listDownloads,
  transition,
} from '../../core/storage/downloads.ts';
import type { WorkerContext } from '../context.ts';
import { wakeForSpace } from './clean-up.ts';
import { isOutOfSpace } from './out-of-space.ts';
import { withReserve } from './reserve.ts';

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
  const db = await context.database();
  try {
    return await withReserve(context, () => markDownloads(db, episodeIds, { removal }));
  } catch (error) {
    if (!isOutOfSpace(error)) throw error;
    // Not even the wish can be noted. Who deletes on a full device wants room more than an undo.
    await erase(context, episodeIds);
    return [...episodeIds];
  }
}

/** Makes ordinary deletions of those whose time is over; `clearDeleted` takes them from there. */
export async function removeDue(context: WorkerContext): Promise<void> {
  const db = await context.database();
  const isDue = (row: Download | undefined) => remainingRemovalMs(row, context.now()) === 0;
  for (const download of await listDownloads(db)) {
    if (isDue(download)) await removeOne(context, download.episodeId, isDue);
  }
}

async function removeOne(
  context: WorkerContext,
  id: EpisodeId,
  isDue: (row: Download | undefined) => boolean,
): Promise<void> {
  const db = await context.database();
  try {
    // Looked at again inside the transaction: an undo may have come.
    await transition(db, id, { type: 'deleted' }, {}, isDue);
  } catch (error) {
    if (!isOutOfSpace(error)) throw error;
    // Where no row fits, it goes by deletions alone, and makes the room that everything else needs.
    if (!isDue(await getDownload(db, id))) return;
    await erase(context, [id]);
    await context.broadcast({ type: 'downloads/changed', episodeIds: [id] });
  }
}

async function erase(context: WorkerContext, episodeIds: readonly EpisodeId[]): Promise<void> {
  const db = await context.database();
  for (const id of episodeIds) await eraseDownload(db, id);
  await wakeForSpace(context).catch(context.report);
}

/** `undefined` where nothing is to be removed, or is being removed already. */
export function remainingRemovalMs(row: Download | undefined, now: number): number | undefined {
  if (!row?.removal || row.state.kind === 'deleting') return undefined;
  return remainingWaitMs({ retryAt: row.removal.at, waitsSince: row.removal.since }, now);
}
