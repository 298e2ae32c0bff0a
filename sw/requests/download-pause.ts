import type { Params, Result } from '../../core/contract/requests.ts';
import { transition } from '../../core/storage/downloads.ts';
import { carryOut } from '../downloads/carry-out.ts';
import { withReserve } from '../downloads/reserve.ts';
import type { Call } from './index.ts';

/** The pause is a row before anything stops, so a crash in between is a pause as well. */
export async function pauseDownload(
  { episodeId }: Params<'download/pause'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/pause'>> {
  const db = await context.database();
  const paused = await withReserve(context, () => transition(db, episodeId, { type: 'paused' }));
  waitUntil(carryOut(context, [paused]));
  return {};
}
