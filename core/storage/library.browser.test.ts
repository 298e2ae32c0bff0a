import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AttemptId, EpisodeId, PodcastId } from '../model/ids.ts';
import { deleteAttempt } from './attempts.ts';
import type { Database } from './database.ts';
import { transition } from './downloads.ts';
import { getEpisode, listNewestEpisodes } from './episodes.ts';
import { getFinds } from './finds.ts';
import { getPlayback, putPlayback } from './playback.ts';
import { deleteFeed, getPodcast, listPodcasts, putFeed } from './podcasts.ts';
import { listSegmentOffsets, listSegmentOwners } from './segments.ts';
import { emptyDatabase } from './testing/empty-database.ts';
import { anEpisode, aPodcast } from './testing/rows.ts';

let db: Database;

beforeEach(async () => {
  db = await emptyDatabase();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const one = 'one' as PodcastId;
const two = 'two' as PodcastId;

function published(id: string, podcastId: PodcastId, publishedAt: number) {
  return anEpisode({ id: id as EpisodeId, podcastId, publishedAt });
}

describe('a feed', () => {
  it('is seen with all its episodes, or not at all', async () => {
    const episodes = Array.from({ length: 50 }, (_, index) => published(`e${index}`, one, index));
    const before = listNewestEpisodes(db, { limit: 100 });
    const storing = putFeed(db, aPodcast({ id: one }), episodes);
    const during = listNewestEpisodes(db, { limit: 100 });
    await storing;
    expect(await before).toHaveLength(0);
    expect(await during).toHaveLength(50);
  });

  it('keeps episodes that it no longer lists', async () => {
    await putFeed(db, aPodcast({ id: one }), [published('a', one, 1)]);
    await putFeed(db, aPodcast({ id: one, title: 'New' }), [published('b', one, 2)]);
    expect((await getPodcast(db, one))?.title).toBe('New');
    const ids = (await listNewestEpisodes(db, { limit: 10 })).map(({ id }) => id);
    expect(ids).toEqual(['b', 'a']);
  });

  it('is written where it says something else, and not where it says the same', async () => {
    const rows = [published('a', one, 1), published('b', one, 2)];
    expect(await putFeed(db, aPodcast({ id: one }), rows)).toBe(true);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    const written = () => put.mock.calls.map(([row]) => row.id);
    expect(await putFeed(db, aPodcast({ id: one, title: 'New' }), rows)).toBe(false);
    expect(written()).toEqual([one]);
    const [a, b] = [published('a', one, 1), { ...published('b', one, 2), title: 'Other' }];
    expect(await putFeed(db, aPodcast({ id: one }), [a, b])).toBe(true);
    expect(written()).toEqual([one, 'b', one]);
    // Listed twice: the last one counts, also where it is what is there.
    expect(await putFeed(db, aPodcast({ id: one }), [{ ...b, title: 'First' }, b])).toBe(false);
    expect((await getEpisode(db, b.id))?.title).toBe('Other');
  });

  it('goes with its episodes and where listening stopped, and leaves others alone', async () => {
    await putFeed(db, aPodcast({ id: one }), [published('a', one, 1)]);
    await putFeed(db, aPodcast({ id: two }), [published('b', two, 2)]);
    const stopped = { positionS: 5, savedAt: 1 };
    await putPlayback(db, { ...stopped, episodeId: 'a' as EpisodeId });
    await putPlayback(db, { ...stopped, episodeId: 'b' as EpisodeId });
    await deleteFeed(db, one, ['a' as EpisodeId]);
    expect((await listPodcasts(db)).map(({ id }) => id)).toEqual([two]);
    expect(await getEpisode(db, 'a' as EpisodeId)).toBeUndefined();
    expect(await getPlayback(db, 'a' as EpisodeId)).toBeUndefined();
    expect(await getEpisode(db, 'b' as EpisodeId)).toBeDefined();
    expect(await getPlayback(db, 'b' as EpisodeId)).toBeDefined();
  });
});

describe('a podcast that is to go', () => {
  it('stays as it is where an episode has come that nobody has looked at', async () => {
    await putFeed(db, aPodcast({ id: one }), [published('a', one, 1), published('b', one, 2)]);
    expect(await deleteFeed(db, one, ['a' as EpisodeId])).toBe(false);
    expect(await getPodcast(db, one)).toBeDefined();
    expect(await getEpisode(db, 'a' as EpisodeId)).toBeDefined();
  });

  it('stays where a download of it is not marked', async () => {
    await putFeed(db, aPodcast({ id: one }), [published('a', one, 1)]);
    await transition(db, 'a' as EpisodeId, { type: 'requested' });
    expect(await deleteFeed(db, one, ['a' as EpisodeId])).toBe(false);
    await transition(db, 'a' as EpisodeId, { type: 'deleted' });
    expect(await deleteFeed(db, one, ['a' as EpisodeId])).toBe(true);
  });
});

describe('listNewestEpisodes', () => {
  beforeEach(async () => {
    await putFeed(db, aPodcast({ id: one }), [published('a', one, 1), published('c', one, 3)]);
    await putFeed(db, aPodcast({ id: two }), [published('b', two, 2), published('none', two, 0)]);
  });

  const ids = async (query: Parameters<typeof listNewestEpisodes>[1]) =>
    (await listNewestEpisodes(db, query)).map(({ id }) => id);

  it('gives those of all podcasts, those without a date last', async () => {
    expect(await ids({ limit: 10 })).toEqual(['c', 'b', 'a', 'none']);
  });

  it('gives those of one podcast', async () => {
    expect(await ids({ podcastId: two, limit: 10 })).toEqual(['b', 'none']);
    expect(await ids({ podcastId: 'gone' as PodcastId, limit: 10 })).toEqual([]);
  });

  it('gives no more than it is asked for', async () => {
    expect(await ids({ limit: 2 })).toEqual(['c', 'b']);
    expect(await ids({ limit: 1 })).toEqual(['c']);
    expect(await ids({ podcastId: one, limit: 1 })).toEqual(['c']);
  });
});

describe('listNewestEpisodes, where many have one date', () => {
  const undated = Array.from({ length: 40 }, (_, index) => published(`u${index + 10}`, one, 0));

  it('reads no more than some of them', async () => {
    await putFeed(db, aPodcast({ id: one }), [published('new', one, 1), ...undated]);
    const getAll = vi.spyOn(IDBIndex.prototype, 'getAll');
    for (const query of [{ limit: 3 }, { podcastId: one, limit: 3 }]) {
      const ids = (await listNewestEpisodes(db, query)).map(({ id }) => id);
      expect(ids).toEqual(['new', 'u49', 'u48']);
    }
    expect(getAll).not.toHaveBeenCalled();
    // The same ones in the same order, whichever way they are read.
    const more = (await listNewestEpisodes(db, { limit: 30 })).map(({ id }) => id);
    expect(more).toEqual(['new', ...undated.map(({ id }) => id).reverse()].slice(0, 30));
  });
});

describe('getFinds', () => {
  it('gives what is there of it in the given order, and whose the episodes are', async () => {
    await putFeed(db, aPodcast({ id: one }), [published('a', one, 1), published('b', one, 2)]);
    await putFeed(db, aPodcast({ id: two }), []);
    const episodeIds = ['b', 'gone', 'a'] as EpisodeId[];
    const finds = await getFinds(db, { podcastIds: ['gone' as PodcastId, two], episodeIds });
    expect(finds.podcasts.map(({ id }) => id)).toEqual([two]);
    expect(finds.episodes.map(({ id }) => id)).toEqual(['b', 'a']);
    expect([...finds.podcastOf.keys()]).toEqual([one]);
  });
});

describe('segments', () => {
  const first = 'first' as AttemptId;
  const second = 'second' as AttemptId;

  beforeEach(async () => {
    for (const [attemptId, offsetBytes] of [
      [second, 0],
      [first, 30],
      [first, 5],
      [first, 0],
    ] as const) {
      await db.put('segments', { attemptId, offsetBytes, blob: new Blob(['x']) });
    }
  });

  it('are listed in file order, not in that of their text', async () => {
    expect(await listSegmentOffsets(db, first)).toEqual([0, 5, 30]);
  });

  it('tell whose they are, each owner once', async () => {
    expect(await listSegmentOwners(db)).toEqual([first, second]);
  });

  it('go attempt by attempt', async () => {
    await deleteAttempt(db, first);
    expect(await listSegmentOwners(db)).toEqual([second]);
    await deleteAttempt(db, first);
    expect(await listSegmentOffsets(db, second)).toEqual([0]);
  });
});
