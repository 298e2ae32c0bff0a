import type { Params, Result } from '../../core/contract/requests.ts';
import { markDownloads } from '../../core/storage/download-marks.ts';
import type { Call } from './index.ts';

/** The undo. Too late for what is being deleted already; everything else is as it was. */
export async function restoreDownloads(
  { episodeIds }: Params<'downloads/restore'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/restore'>> {
  const restored = await markDownloads(await context.database(), episodeIds, {
    removal: undefined,
  });
  waitUntil(context.broadcast({ type: 'downloads/changed', episodeIds: restored }));
  return {};
}
