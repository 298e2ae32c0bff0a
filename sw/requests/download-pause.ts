import type { Params, Result } from '../../core/contract/requests.ts';
import { transition } from '../../core/storage/downloads.ts';
import { stopWork } from '../downloads/stop-work.ts';
import type { Call } from './index.ts';

/** The pause is a row before anything stops, so a crash in between is a pause as well. */
export async function pauseDownload(
  { episodeId }: Params<'download/pause'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/pause'>> {
  await transition(await context.database(), episodeId, { type: 'paused' });
  const stopped = stopWork(context, episodeId);
  waitUntil(
    stopped.then(() => context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] })),
  );
  return {};
}
