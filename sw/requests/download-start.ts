import type { Params, Result } from '../../core/contract/requests.ts';
import { copiesOf } from '../../core/model/enclosure-copy.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import { NO_TRIES } from '../../core/model/waiting.ts';
import { markDownloads } from '../../core/storage/download-marks.ts';
import { getDownload, transition } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { carryOut } from '../downloads/carry-out.ts';
import { isOutOfSpace } from '../downloads/out-of-space.ts';
import type { Call } from './index.ts';

/** Answers once the wish is a row: nothing that follows depends on this page living on. */
export async function startDownload(
  { episodeId, copy: copyId }: Params<'download/start'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/start'>> {
  const db = await context.database();
  const episode = await getEpisode(db, episodeId);
  if (!episode?.enclosure) return failed({ code: 'enclosure-missing' });
  // Deleted a moment ago, and not gone yet: then this is the undo.
  if ((await getDownload(db, episodeId))?.removal) {
    await markDownloads(db, [episodeId], { removal: undefined });
  }
  const [enclosure, ...others] = copiesOf(episode);
  const other = others.find(({ id }) => id === copyId);
  if (copyId !== undefined && !other && enclosure?.id !== copyId) {
    return failed({ code: 'enclosure-missing' });
  }
  const again = { ...NO_TRIES, restarts: 0, anyway: false, onlyUnmetered: false };
  try {
    const requested = await transition(db, episodeId, { type: 'requested' }, (row) => {
      // What was chosen holds until something else is, or the download is deleted.
      const chooses = copyId !== undefined || row?.state.kind === 'deleting';
      return { ...again, ...(chooses && { source: other?.url }) };
    });
    waitUntil(carryOut(context, [requested]));
  } catch (error) {
    if (!isOutOfSpace(error)) throw error;
    return failed({ code: 'no-space', neededBytes: undefined });
  }
  return succeeded({});
}
