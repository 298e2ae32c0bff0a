import type { PodcastId } from '../model/ids.ts';
import type { Database } from './database.ts';
import { ofPodcast } from './episodes.ts';

/** When the newest episode of each of these came out: ms since 1970. One that has none is not there. */
export async function listNewestDates(
  db: Database,
  ids: readonly PodcastId[],
): Promise<Map<PodcastId, number>> {
  const index = db.transaction('episodes').store.index('byPodcast');
  const cursors = await Promise.all(ids.map((id) => index.openKeyCursor(ofPodcast(id), 'prev')));
  return new Map(cursors.flatMap((cursor) => (cursor ? [cursor.key] : [])));
}
