import type { Params, Result } from '../../core/contract/requests.ts';
import { NO_TRIES } from '../../core/model/waiting.ts';
import { type Changed, listDownloads, transition } from '../../core/storage/downloads.ts';
import { carryOut } from '../downloads/carry-out.ts';
import { isHeldBack } from '../downloads/metered.ts';
import type { Call } from './index.ts';

/** All that is paused or waits. To use a mobile network is a word for each episode, not for all. */
export async function resumeAllDownloads(
  _params: Params<'downloads/resume'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/resume'>> {
  const db = await context.database();
  const resumed: Changed[] = [];
  for (const download of await listDownloads(db)) {
    if (download.state.kind !== 'paused' || isHeldBack(download)) continue;
    resumed.push(await transition(db, download.episodeId, { type: 'resumed' }, NO_TRIES));
  }
  waitUntil(carryOut(context, resumed));
  return {};
}
