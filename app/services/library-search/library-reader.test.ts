import { beforeEach, expect, it } from 'vitest';
import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import type { Database } from '../../../core/storage/database.ts';
import { changePodcast, deleteFeed, putFeed } from '../../../core/storage/podcasts.ts';
import { emptyDatabase } from '../../../core/storage/testing/empty-database.ts';
import { anEpisode, aPodcast } from '../../../core/storage/testing/rows.ts';
import { LibraryIndex } from './library-index.ts';
import { LibraryReader } from './library-reader.ts';

/** Notes which episodes it is given. */
class WatchedIndex extends LibraryIndex {
  given: string[] = [];

  override putEpisode(...args: Parameters<LibraryIndex['putEpisode']>): void {
    this.given.push(args[0].title);
    super.putEpisode(...args);
  }
}

let db: Database;
let index: WatchedIndex;
let reader: LibraryReader;
let now = 0;

beforeEach(async () => {
  db = await emptyDatabase();
  index = new WatchedIndex();
  reader = new LibraryReader(index, async () => db);
  now = 0;
});

async function publish(name: string, ...titles: string[]): Promise<void> {
  now += 1;
  const podcastId = name as PodcastId;
  const episodes = titles.map((title) => {
    return anEpisode({ id: `${name} ${title}` as EpisodeId, podcastId, title });
  });
  await putFeed(db, aPodcast({ id: podcastId, title: name, refreshedAt: now }), episodes);
}

const found = (typed: string) => index.find(typed, 20).episodeIds;

it('reads the whole library, and afterwards what has changed in it', async () => {
  await publish('ferry', 'one', 'two');
  await publish('harbour', 'three');
  await reader.readAll(() => {});
  expect(found('three')).toEqual(['harbour three']);

  index.given = [];
  // Read again, and nothing was new.
  await publish('harbour', 'three');
  await changePodcast(db, 'ferry' as PodcastId, { refreshedAt: 99 });
  await reader.readChanges();
  expect(index.given).toEqual([]);

  await publish('ferry', 'one', 'two', 'four');
  await publish('quay', 'five');
  await reader.readChanges();
  expect(index.given.sort()).toEqual(['five', 'four', 'one', 'two']);
  expect([...found('four'), ...found('five')]).toEqual(['ferry four', 'quay five']);
});

it('finds no episode of a podcast that has gone, and those of one that is back', async () => {
  await publish('ferry', 'one');
  await reader.readAll(() => {});
  await deleteFeed(db, 'ferry' as PodcastId, ['ferry one' as EpisodeId]);
  await reader.readChanges();
  expect(found('one')).toEqual([]);
  await publish('ferry', 'one');
  await reader.readChanges();
  expect(found('one')).toEqual(['ferry one']);
});

it('says after each slice that more can be found', async () => {
  await publish('ferry', ...Array.from({ length: 600 }, (_, number) => `day ${number}`));
  const counts: number[] = [];
  await reader.readAll(() => counts.push(index.find('day', 1).episodeCount));
  expect(counts).toEqual([250, 500, 600]);
});
