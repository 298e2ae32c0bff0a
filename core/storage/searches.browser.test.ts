import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DirectoryResult } from '../model/directory-search.ts';
import type { PodcastId } from '../model/ids.ts';
import type { Database } from './database.ts';
import { getSearch, noteAnswered, noteAsked, noteSubscribed } from './searches.ts';
import { emptyDatabase } from './testing/empty-database.ts';

let db: Database;

beforeEach(async () => {
  db = await emptyDatabase();
});
afterEach(() => db.close());

const found = (id: string): DirectoryResult => ({
  id: id as PodcastId,
  title: id,
  author: undefined,
  feedUrl: `https://${id}.example/feed.xml`,
  imageUrl: undefined,
  description: undefined,
  episodeCount: undefined,
  subscribedAs: undefined,
});

it('keeps the last good answer through questions that fail', async () => {
  await noteAsked(db, 'ferry', 1);
  expect(await getSearch(db, 'ferry')).toEqual({
    query: 'ferry',
    askedAt: 1,
    answeredAt: undefined,
    results: [],
    failure: undefined,
  });
  await noteAnswered(db, 'ferry', { answeredAt: 2, results: [found('a'), found('b')] });
  await noteAsked(db, 'ferry', 3);
  await noteAnswered(db, 'ferry', { failure: { code: 'search-unavailable' } });
  expect(await getSearch(db, 'ferry')).toMatchObject({
    askedAt: 3,
    answeredAt: 2,
    results: [{ id: 'a' }, { id: 'b' }],
    failure: { code: 'search-unavailable' },
  });
  await noteAsked(db, 'ferry', 4);
  expect((await getSearch(db, 'ferry'))?.failure).toBeUndefined();
});

it('remembers what was subscribed to, also when the answer is a newer one', async () => {
  await noteAsked(db, 'ferry', 1);
  await noteAnswered(db, 'ferry', { answeredAt: 2, results: [found('a'), found('b')] });
  await noteSubscribed(db, 'ferry', 'b' as PodcastId, 'moved' as PodcastId);
  await noteAnswered(db, 'ferry', { answeredAt: 3, results: [found('c'), found('b')] });
  const row = await getSearch(db, 'ferry');
  expect(row?.results.map(({ id, subscribedAs }) => [id, subscribedAs])).toEqual([
    ['c', undefined],
    ['b', 'moved'],
  ]);
});

it('forgets the oldest questions, and writes no answer to what it has forgotten', async () => {
  for (let n = 0; n < 60; n += 1) await noteAsked(db, `words ${n}`, n);
  expect(await db.count('searches')).toBe(50);
  expect(await getSearch(db, 'words 9')).toBeUndefined();
  expect(await getSearch(db, 'words 10')).toBeDefined();
  await noteAnswered(db, 'words 9', { answeredAt: 99, results: [] });
  await noteSubscribed(db, 'words 9', 'a' as PodcastId, 'a' as PodcastId);
  expect(await getSearch(db, 'words 9')).toBeUndefined();
  // A clock that was set back: what is asked now stays, whatever its time says.
  await noteAsked(db, 'now', -1);
  expect(await db.count('searches')).toBe(50);
  expect(await getSearch(db, 'now')).toBeDefined();
});
