import type { Params, Result } from '../../core/contract/requests.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import { NO_TRIES } from '../../core/model/retry-policy.ts';
import { transition } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { carryOut } from '../downloads/carry-out.ts';
import type { Call } from './index.ts';

/** Answers once the wish is a row: nothing that follows depends on this page living on. */
export async function startDownload(
  { episodeId }: Params<'download/start'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/start'>> {
  const db = await context.database();
  const episode = await getEpisode(db, episodeId);
  if (!episode?.enclosure) return failed({ code: 'enclosure-missing' });
  const again = { ...NO_TRIES, restarts: 0, anyway: false, onlyUnmetered: false };
  const requested = await transition(db, episodeId, { type: 'requested' }, again);
  waitUntil(carryOut(context, [requested]));
  return succeeded({});
}
