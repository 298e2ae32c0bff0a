import type { Params, Result } from '../../core/contract/requests.ts';
import { eraseDownload, getDownload, transition } from '../../core/storage/downloads.ts';
import { isOutOfSpace } from '../downloads/out-of-space.ts';
import { clearDeleted, wakeForSpace } from '../downloads/retention.ts';
import type { Call } from './index.ts';

/** Cancel and Delete. Final once it is answered; the bytes go right after, or at the next start. */
export async function deleteDownload(
  { episodeId }: Params<'download/delete'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/delete'>> {
  const db = await context.database();
  const attemptId = (await getDownload(db, episodeId))?.attemptId;
  try {
    await transition(db, episodeId, { type: 'deleted' });
  } catch (error) {
    if (!isOutOfSpace(error)) throw error;
    await eraseDownload(db, episodeId);
    waitUntil(wakeForSpace(context));
  }
  waitUntil(context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] }));
  if (attemptId) waitUntil(context.running.stop(`attempt:${attemptId}`));
  waitUntil(clearDeleted(context));
  return {};
}
