import type { Params, Result } from '../../core/contract/requests.ts';
import { isUnfinished } from '../../core/model/download.ts';
import { type Changed, listDownloads, transition } from '../../core/storage/downloads.ts';
import { carryOut } from '../downloads/carry-out.ts';
import { withReserve } from '../downloads/reserve.ts';
import type { Call } from './index.ts';

/** Everything that is not finished, also what would go on by itself later. Rows first, then work. */
export async function pauseAllDownloads(
  _params: Params<'downloads/pause'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/pause'>> {
  const db = await context.database();
  const paused: Changed[] = [];
  for (const { episodeId, state } of await listDownloads(db)) {
    if (!isUnfinished(state)) continue;
    const pause = () => transition(db, episodeId, { type: 'paused' });
    paused.push(await withReserve(context, pause));
  }
  waitUntil(carryOut(context, paused));
  return {};
}
