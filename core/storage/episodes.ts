import type { Episode } from '../model/episode.ts';
import type { EpisodeId, PodcastId } from '../model/ids.ts';
import type { Database } from './database.ts';

export function getEpisode(db: Database, id: EpisodeId): Promise<Episode | undefined> {
  return db.get('episodes', id);
}

/** Newest first, at most `limit` that pass `accept`; of one podcast where one is given, else of all. */
export async function listNewestEpisodes(
  db: Database,
  query: { podcastId?: PodcastId; limit: number; accept?: (episode: Episode) => boolean },
): Promise<Episode[]> {
  const store = db.transaction('episodes').store;
  let cursor = query.podcastId
    ? await store.index('byPodcast').openCursor(ofPodcast(query.podcastId), 'prev')
    : await store.index('byDate').openCursor(null, 'prev');
  const episodes: Episode[] = [];
  while (cursor && episodes.length < query.limit) {
    if (!query.accept || query.accept(cursor.value)) episodes.push(cursor.value);
    cursor = await cursor.continue();
  }
  return episodes;
}

/** All of one podcast, oldest first, in one reading: a cursor takes a turn for each. */
export function listEpisodesOf(db: Database, podcastId: PodcastId): Promise<Episode[]> {
  return db.getAllFromIndex('episodes', 'byPodcast', ofPodcast(podcastId));
}

export function ofPodcast(id: PodcastId): IDBKeyRange {
  return IDBKeyRange.bound([id, Number.NEGATIVE_INFINITY], [id, Number.POSITIVE_INFINITY]);
}

/** The next ones in the order of their ids, so that a whole library is read a slice at a time. */
export function listEpisodesAfter(
  db: Database,
  after: EpisodeId | undefined,
  count: number,
): Promise<Episode[]> {
  const range = after === undefined ? null : IDBKeyRange.lowerBound(after, true);
  return db.getAll('episodes', range, count);
}
