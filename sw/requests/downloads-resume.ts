import type { Params, Result } from '../../core/contract/requests.ts';
import { NO_TRIES } from '../../core/model/retry-policy.ts';
import { listDownloads, transition } from '../../core/storage/downloads.ts';
import { isHeldBack } from '../downloads/metered.ts';
import type { Call } from './index.ts';

/** All that is paused or waits. To use a mobile network is a word for each episode, not for all. */
export async function resumeAllDownloads(
  _params: Params<'downloads/resume'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/resume'>> {
  const db = await context.database();
  const downloads = (await listDownloads(db)).filter(
    (download) => download.state.kind === 'paused' && !isHeldBack(download),
  );
  for (const { episodeId } of downloads) {
    await transition(db, episodeId, { type: 'resumed' }, NO_TRIES);
  }
  const episodeIds = downloads.map(({ episodeId }) => episodeId);
  waitUntil(context.broadcast({ type: 'downloads/changed', episodeIds }));
  return {};
}
