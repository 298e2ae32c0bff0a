import type { Params, Result } from '../../core/contract/requests.ts';
import { decideAutoDownloads } from '../../core/storage/auto-downloads.ts';
import { carryOut } from '../downloads/carry-out.ts';
import { clearDeleted } from '../downloads/clean-up.ts';
import { retain } from '../downloads/retain.ts';
import { showBadge } from '../feeds/announce-new.ts';
import type { Call } from './index.ts';

/**
 * What a person decides about one podcast. Switching auto-download on and queueing what it takes is
 * one transaction: there is no moment at which one is true without the other.
 */
export async function followPodcast(
  { podcastId, change }: Params<'podcast/follow'>,
  { context, waitUntil }: Call,
): Promise<Result<'podcast/follow'>> {
  const taken = await decideAutoDownloads(await context.database(), podcastId, change);
  waitUntil(carryOut(context, taken));
  if ('keepNewest' in change) waitUntil(retain(context).then(() => clearDeleted(context)));
  waitUntil(showBadge(context));
  waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [podcastId] }));
  return {};
}
