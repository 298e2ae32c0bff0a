import type { Params, Result } from '../../core/contract/requests.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { putPlayback } from '../../core/storage/playback.ts';
import type { Call } from './index.ts';

/** Of an episode that is in the library: a position of anything else would lie here for ever. */
export async function savePlayback(
  { episodeId, positionS }: Params<'playback/save'>,
  { context }: Call,
): Promise<Result<'playback/save'>> {
  const db = await context.database();
  if (!(await getEpisode(db, episodeId))) return {};
  await putPlayback(db, { episodeId, positionS, savedAt: context.now() });
  return {};
}
