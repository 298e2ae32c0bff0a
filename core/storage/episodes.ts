import type { Episode } from '../model/episode.ts';
import type { EpisodeId, PodcastId } from '../model/ids.ts';
import type { Database } from './database.ts';

export function getEpisode(db: Database, id: EpisodeId): Promise<Episode | undefined> {
  return db.get('episodes', id);
}

/**
 * Newest first, at most `limit` (1 or more); of one podcast where one is given, else of all. Four
 * requests: a cursor over the rows takes a turn of the page for each, which was a fifth of a start.
 */
export async function listNewestEpisodes(
  db: Database,
  { podcastId, limit }: { podcastId?: PodcastId; limit: number },
): Promise<Episode[]> {
  const index = db.transaction('episodes').store.index(podcastId ? 'byPodcast' : 'byDate');
  const all = podcastId ? ofPodcast(podcastId) : IDBKeyRange.upperBound(Number.POSITIVE_INFINITY);
  const newest = await index.openKeyCursor(all, 'prev');
  const oldest = limit > 1 ? await newest?.advance(limit - 1) : newest;
  const range = oldest ? IDBKeyRange.bound(oldest.key, all.upper) : all;
  if ((await index.count(range)) <= 2 * limit) {
    return (await index.getAll(range)).reverse().slice(0, limit);
  }
  // Many have one date, which is none: they must not all be read.
  const episodes: Episode[] = [];
  let cursor = await index.openCursor(all, 'prev');
  while (cursor && episodes.length < limit) {
    episodes.push(cursor.value);
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
