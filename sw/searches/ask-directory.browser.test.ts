import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PodcastId } from '../../core/model/ids.ts';
import { listOutbox } from '../../core/storage/outbox.ts';
import { listPodcasts } from '../../core/storage/podcasts.ts';
import { getSearch } from '../../core/storage/searches.ts';
import type { WorkerContext } from '../context.ts';
import { podcastIdOf } from '../feeds/identify.ts';
import { wakeOutbox } from '../outbox/wake.ts';
import { searchDirectory } from '../requests/directory-search.ts';
import { subscribeToFound } from '../requests/podcast-subscribe-found.ts';
import { Device } from '../testing/device.ts';

const FERRY = { title: 'Night Ferry', feedUrl: 'https://ferry.example/feed.xml' };
const MOVED = 'https://elsewhere.example/feed.xml';

let device: Device;
/** What the worker fetched, in order. */
let asked: string[];
let answer: () => Response | Promise<Response>;

beforeEach(async () => {
  device = await Device.create();
  asked = [];
  answer = () => Response.json({ results: [FERRY] });
  startWorker();
});

function startWorker(more: Partial<WorkerContext> = {}) {
  const { fetch } = device.worker;
  device.startWorker(() => ({
    ...more,
    fetch: async (input, init) => {
      const { pathname, search } = new URL(String(input));
      asked.push(pathname + search);
      if (pathname === '/api/search') return device.isOnline ? answer() : fetch(input, init);
      if (pathname !== '/api/feeds') return fetch(input, init);
      const { feeds } = JSON.parse(String(init?.body));
      asked.push(feeds[0].url);
      return Response.json({ results: [fetchedFeed()] });
    },
  }));
}

const search = (query: string, keep = false) => device.command(searchDirectory, { query, keep });
const subscribe = (query: string, podcastId: PodcastId) =>
  device.command(subscribeToFound, { query, podcastId });
const row = async (query = 'night ferry') => getSearch(await device.worker.database(), query);

describe('directory/search', () => {
  afterEach(() => expect(device.reports).toEqual([]));

  it('keeps what was found under the words as they are asked, and tells the pages', async () => {
    expect(await search('  Night  FERRY')).toEqual({ ok: true, value: { found: 1, waits: false } });
    expect(asked).toEqual(['/api/search?q=night+ferry']);
    expect(await row()).toMatchObject({
      askedAt: device.now,
      answeredAt: device.now,
      results: [{ ...FERRY, id: await podcastIdOf(FERRY.feedUrl), subscribedAs: undefined }],
      failure: undefined,
    });
    expect(device.broadcasts).toContainEqual({ type: 'searches/changed' });
  });

  it('has the question in a row before it asks', async () => {
    answer = async () => {
      expect(await row()).toMatchObject({ askedAt: device.now, answeredAt: undefined });
      return Response.json({ results: [] });
    };
    await search('night ferry');
    expect(await row()).toMatchObject({ answeredAt: device.now, results: [] });
  });

  it.each<[string, () => Response, object]>([
    [
      'the directory is down',
      () => Response.json({ failure: { code: 'search-unavailable' } }, { status: 503 }),
      { code: 'search-unavailable' },
    ],
    [
      'the gateway has had enough',
      () => Response.json({ failure: { code: 'unexpected', detail: '' } }, { status: 429 }),
      { code: 'search-unavailable' },
    ],
    [
      'a plain host has nothing there',
      () => new Response('<h1>404', { status: 404 }),
      { code: 'search-needs-gateway' },
    ],
    [
      'a plain host has a page there',
      () => new Response('<!doctype html>'),
      { code: 'search-needs-gateway' },
    ],
    [
      'a proxy says no',
      () => new Response('<h1>502', { status: 502 }),
      { code: 'gateway-unreachable' },
    ],
    [
      'the answer is not the gateway’s',
      () => Response.json({ results: [{ ...FERRY, feedUrl: 'javascript:alert(1)' }] }),
      { code: 'gateway-unreachable' },
    ],
    [
      'the answer has no end',
      () => Response.json({ results: Array.from({ length: 51 }, () => FERRY) }),
      { code: 'gateway-unreachable' },
    ],
  ])('says why where %s, and keeps what it had', async (_, bad, failure) => {
    await search('night ferry');
    answer = bad;
    expect(await search('night ferry')).toEqual({ ok: false, failure });
    expect(await row()).toMatchObject({ failure, results: [FERRY] });
  });

  it('says that there is no connection', async () => {
    device.isOnline = false;
    const failure = { code: 'offline' };
    expect(await search('night ferry')).toEqual({ ok: false, failure });
    expect(await row()).toMatchObject({ askedAt: device.now, answeredAt: undefined, failure });
  });

  it('asks nobody for nothing', async () => {
    expect(await search(' ')).toMatchObject({ ok: false });
    expect(asked).toEqual([]);
  });
});

describe('podcast/subscribe-found', () => {
  it('takes the address from the row, and remembers where the feed has moved', async () => {
    await search('night ferry');
    const id = await podcastIdOf(FERRY.feedUrl);
    const outcome = await subscribe('Night Ferry', id);
    const movedId = await podcastIdOf(MOVED);
    expect(outcome).toEqual({ ok: true, value: movedId });
    expect(asked).toContain(FERRY.feedUrl);
    const podcasts = await listPodcasts(await device.worker.database());
    expect(podcasts.map((podcast) => podcast.feedUrl)).toContain(MOVED);
    expect((await row())?.results[0]).toMatchObject({ id, subscribedAs: movedId });
    expect(device.broadcasts).toContainEqual({ type: 'podcasts/changed', podcastIds: [movedId] });
    // Asking again finds it there.
    await search('night ferry');
    expect((await row())?.results[0]).toMatchObject({ subscribedAs: movedId });
    expect(await subscribe('night ferry', id)).toEqual({ ok: true, value: movedId });
  });

  it('fetches nothing that is in no answer', async () => {
    await search('night ferry');
    const before = asked.length;
    const id = await podcastIdOf(FERRY.feedUrl);
    expect(await subscribe('night ferry', 'other' as PodcastId)).toMatchObject({ ok: false });
    expect(await subscribe('other words', id)).toMatchObject({ ok: false });
    expect(asked).toHaveLength(before);
  });
});

describe('a question without a network', () => {
  const outbox = async () => listOutbox(await device.worker.database());
  const deliver = () => wakeOutbox(device.worker, device.now);

  it('is kept where a person wants the answer, asked once when there is one, and told of', async () => {
    device.isOnline = false;
    expect(await search('Night Ferry', true)).toEqual({
      ok: true,
      value: { found: 0, waits: true },
    });
    await search('night ferry', true);
    expect(await outbox()).toHaveLength(1);
    const shown: unknown[] = [];
    const showNotification = async (title: string, options: object) => shown.push([title, options]);
    const registration = { showNotification } as unknown as ServiceWorkerRegistration;
    startWorker({ registration, notificationPermission: () => 'granted' });
    device.isOnline = true;
    asked.length = 0;
    await deliver();
    expect(await outbox()).toEqual([]);
    expect(asked.filter((path) => path.startsWith('/api/search'))).toHaveLength(1);
    expect((await row())?.results).toHaveLength(1);
    const data = { destination: 'search', words: 'night ferry' };
    expect(shown).toEqual([
      ['1 podcast found for “night ferry”', expect.objectContaining({ data })],
    ]);
  });

  it('is not kept where nobody asked for it', async () => {
    device.isOnline = false;
    expect(await search('night ferry')).toEqual({ ok: false, failure: { code: 'offline' } });
    expect(await outbox()).toEqual([]);
  });
});

function fetchedFeed(): object {
  const enclosure = { url: 'https://elsewhere.example/1.mp3' };
  const lists = { alternateEnclosures: [], chapters: [], transcripts: [], persons: [] };
  const episodes = [{ guid: '1', title: 'One', enclosure, ...lists }];
  const feed = { title: 'Night Ferry', funding: [], persons: [], episodes };
  return { status: 'fetched', feedUrl: MOVED, feed, relayTokens: [] };
}
