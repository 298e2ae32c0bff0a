import type { Params, Result } from '../../core/contract/requests.ts';
import { eraseDownload, transition } from '../../core/storage/downloads.ts';
import { carryOut } from '../downloads/carry-out.ts';
import { wakeForSpace } from '../downloads/clean-up.ts';
import { isOutOfSpace } from '../downloads/out-of-space.ts';
import type { Call } from './index.ts';

/** Cancel and Delete. Final once it is answered; the bytes go right after, or at the next start. */
export async function deleteDownload(
  { episodeId }: Params<'download/delete'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/delete'>> {
  const db = await context.database();
  try {
    waitUntil(carryOut(context, [await transition(db, episodeId, { type: 'deleted' })]));
  } catch (error) {
    if (!isOutOfSpace(error)) throw error;
    await eraseDownload(db, episodeId);
    waitUntil(context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] }));
    waitUntil(wakeForSpace(context));
  }
  return {};
}
