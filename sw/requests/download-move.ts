import type { Params, Result } from '../../core/contract/requests.ts';
import { moveDownload } from '../../core/storage/download-marks.ts';
import type { Call } from './index.ts';

/** What is under way goes on; the order holds from the next one that begins. */
export async function reorderDownload(
  { episodeId, before }: Params<'download/move'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/move'>> {
  await moveDownload(await context.database(), episodeId, before);
  waitUntil(context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] }));
  return {};
}
