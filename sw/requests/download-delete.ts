import type { Params, Result } from '../../core/contract/requests.ts';
import { transition } from '../../core/storage/downloads.ts';
import { carryOut } from '../downloads/carry-out.ts';
import type { Call } from './index.ts';

/** Cancel and Delete. Final once it is answered; the bytes go right after, or at the next start. */
export async function deleteDownload(
  { episodeId }: Params<'download/delete'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/delete'>> {
  const deleted = await transition(await context.database(), episodeId, { type: 'deleted' });
  waitUntil(carryOut(context, [deleted]));
  return {};
}
