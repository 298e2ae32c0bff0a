import type { Params, Result } from '../../core/contract/requests.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import type { Database } from '../../core/storage/database.ts';
import { type Changed, listDownloads, transition } from '../../core/storage/downloads.ts';
import { listEpisodesOf } from '../../core/storage/episodes.ts';
import { deleteFeed, getPodcast } from '../../core/storage/podcasts.ts';
import { forgetArtwork } from '../caching/artwork.ts';
import { forgetCompanions } from '../caching/companions.ts';
import type { WorkerContext } from '../context.ts';
import { carryOut } from '../downloads/carry-out.ts';
import { withReserve } from '../downloads/reserve.ts';
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
  const deleted: Changed[] = [];
  let episodes: Episode[];
  do {
    episodes = await listEpisodesOf(db, podcastId);
    deleted.push(...(await markDownloads(context, episodes)));
    // A refresh may bring another episode, and auto-download ask for it, until the podcast is gone.
  } while (!(await removeRows(db, podcastId, episodes)));
  waitUntil(carryOut(context, deleted));
  waitUntil(forgetCompanions(context, episodes));
  waitUntil(forgetArtwork(context, podcast ? [podcast, ...episodes] : episodes));
  waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [podcastId] }));
  return {};
}

function removeRows(db: Database, podcastId: PodcastId, episodes: Episode[]): Promise<boolean> {
  return deleteFeed(
    db,
    podcastId,
    episodes.map(({ id }) => id),
  );
}

async function markDownloads(
  context: WorkerContext,
  episodes: readonly Episode[],
): Promise<Changed[]> {
  const db = await context.database();
  const ids = new Set(episodes.map(({ id }) => id));
  const marked: Changed[] = [];
  for (const { episodeId } of await listDownloads(db)) {
    if (!ids.has(episodeId)) continue;
    const mark = () => transition(db, episodeId, { type: 'deleted' });
    marked.push(await withReserve(context, mark));
  }
  return marked;
}
