import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import { type Database, openForWriting } from '../../../core/storage/database.ts';
import { anEpisode, aPodcast } from '../../../core/storage/testing/rows.ts';
import { listFeeds } from './follows.ts';

const NAME = 'follows-test';

let db: Database;

beforeEach(async () => {
  db = await openForWriting(() => undefined, NAME);
});

afterEach(async () => {
  db.close();
  await deleteDB(NAME);
});

const urlOf = (number: number) => `https://podcast.example/${number}.xml`;

/** So many podcasts, the last of them with the newest of its two episodes; the first has none. */
async function subscribe(count: number): Promise<void> {
  const tx = db.transaction(['podcasts', 'episodes'], 'readwrite');
  for (let number = 0; number < count; number += 1) {
    const id = `p${String(number).padStart(4, '0')}` as PodcastId;
    void tx.objectStore('podcasts').put(aPodcast({ id, feedUrl: urlOf(number) }));
    for (const publishedAt of number === 0 ? [] : [number, number + 10_000]) {
      const episodeId = `${id}-${publishedAt}` as EpisodeId;
      void tx.objectStore('episodes').put(anEpisode({ id: episodeId, podcastId: id, publishedAt }));
    }
  }
  await tx.done;
}

it('are all feeds, while there are no more than may be followed', async () => {
  await subscribe(500);
  expect(await listFeeds(db)).toHaveLength(500);
});

it('are those with the latest episodes, where there are more', async () => {
  await subscribe(520);
  const urls = (await listFeeds(db)).map(({ url }) => url);
  expect(urls).toEqual(Array.from({ length: 500 }, (_, index) => urlOf(519 - index)));
});
