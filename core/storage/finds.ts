import type { Episode } from '../model/episode.ts';
import type { EpisodeId, PodcastId } from '../model/ids.ts';
import type { Podcast } from '../model/podcast.ts';
import type { Database } from './database.ts';

/** The rows behind what a search has found; what has been removed in this very moment is not among them. */
export interface FoundRows {
  podcasts: Podcast[];
  episodes: Episode[];
  /** The podcasts of the episodes. */
  podcastOf: Map<PodcastId, Podcast>;
}

/** In the given order. One transaction for all of it: every keystroke asks for ten rows or more. */
export async function getFinds(
  db: Database,
  {
    podcastIds,
    episodeIds,
  }: { podcastIds: readonly PodcastId[]; episodeIds: readonly EpisodeId[] },
): Promise<FoundRows> {
  const tx = db.transaction(['podcasts', 'episodes']);
  const podcastStore = tx.objectStore('podcasts');
  const episodeStore = tx.objectStore('episodes');
  const [podcasts, episodes] = await Promise.all([
    present(podcastIds.map((id) => podcastStore.get(id))),
    present(episodeIds.map((id) => episodeStore.get(id))),
  ]);
  const theirs = [...new Set(episodes.map(({ podcastId }) => podcastId))];
  const owners = await present(theirs.map((id) => podcastStore.get(id)));
  return { podcasts, episodes, podcastOf: new Map(owners.map((owner) => [owner.id, owner])) };
}

async function present<Row>(reading: Promise<Row | undefined>[]): Promise<Row[]> {
  return (await Promise.all(reading)).filter((row) => row !== undefined);
}
