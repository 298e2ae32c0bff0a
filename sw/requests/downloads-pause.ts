import type { Params, Result } from '../../core/contract/requests.ts';
import { isUnfinished } from '../../core/model/download.ts';
import { listDownloads, transition } from '../../core/storage/downloads.ts';
import { stopWork } from '../downloads/stop-work.ts';
import type { Call } from './index.ts';

/** Everything that is not finished, also what would go on by itself later. Rows first, then work. */
export async function pauseAllDownloads(
  _params: Params<'downloads/pause'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/pause'>> {
  const db = await context.database();
  const downloads = (await listDownloads(db)).filter(({ state }) => isUnfinished(state));
  for (const { episodeId } of downloads) await transition(db, episodeId, { type: 'paused' });
  const episodeIds = downloads.map(({ episodeId }) => episodeId);
  const stopped = Promise.all(episodeIds.map((id) => stopWork(context, id)));
  waitUntil(stopped.then(() => context.broadcast({ type: 'downloads/changed', episodeIds })));
  return {};
}
