import type { Params, Result } from '../../core/contract/requests.ts';
import { type Changed, listDownloads, transition } from '../../core/storage/downloads.ts';
import { listNewestEpisodes } from '../../core/storage/episodes.ts';
import { forgetMutationsOf } from '../../core/storage/outbox.ts';
import { deleteFeed, getPodcast } from '../../core/storage/podcasts.ts';
import { forgetArtwork } from '../caching/artwork.ts';
import { forgetCompanions } from '../caching/companions.ts';
import { carryOut } from '../downloads/carry-out.ts';
import type { Call } from './index.ts';

/**
 * Downloads are marked first, rows go last: killed in between, the podcast is still there and can
 * be unsubscribed again; killed after, the clean-up of marked downloads goes on at the next start.
 */
export async function unsubscribeFromPodcast(
  { podcastId }: Params<'podcast/unsubscribe'>,
  { context, waitUntil }: Call,
): Promise<Result<'podcast/unsubscribe'>> {
  const db = await context.database();
  const podcast = await getPodcast(db, podcastId);
  const episodes = await listNewestEpisodes(db, { podcastId, limit: Number.POSITIVE_INFINITY });
  const episodeIds = episodes.map(({ id }) => id);
  // Only of those that were ever asked for: of thousands, each would be a transaction for nothing.
  const ofPodcast = new Set(episodeIds);
  const deleted: Changed[] = [];
  for (const { episodeId } of await listDownloads(db)) {
    if (!ofPodcast.has(episodeId)) continue;
    deleted.push(await transition(db, episodeId, { type: 'deleted' }));
  }
  await forgetMutationsOf(db, podcastId);
  await deleteFeed(db, podcastId, episodeIds);
  waitUntil(carryOut(context, deleted));
  waitUntil(forgetCompanions(context, episodes));
  waitUntil(forgetArtwork(context, podcast ? [podcast, ...episodes] : episodes));
  waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [podcastId] }));
  return {};
}
