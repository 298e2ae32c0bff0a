import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PodcastId } from '../../core/model/ids.ts';
import type { Podcast } from '../../core/model/podcast.ts';
import { getPodcast, listPodcasts, putFeed } from '../../core/storage/podcasts.ts';
import { aPodcast } from '../../core/storage/testing/rows.ts';
import { refreshAllPodcasts } from '../requests/podcasts-refresh.ts';
import { Device } from '../testing/device.ts';
import { anItem, FeedServer } from '../testing/feed-server.ts';

const DAY_MS = 24 * 60 * 60_000;

let device: Device;
let gateway: FeedServer;

beforeEach(async () => {
  device = await Device.create();
  gateway = new FeedServer();
  device.startWorker((context) => gateway.wrap(context));
  await subscribe('podcast', { refreshedAt: device.now });
});

afterEach(() => expect(device.reports).toEqual([]));

const urlOf = (name: string) => `https://podcast.example/${name}`;

async function subscribe(name: string, facts: Partial<Podcast> = {}): Promise<void> {
  const known = { id: name as PodcastId, feedUrl: urlOf(name), etag: '"1"' };
  const refreshedAt = device.now - DAY_MS;
  const podcast = aPodcast({ ...known, refreshedAt, ...facts });
  await putFeed(await device.worker.database(), podcast, []);
}

const refreshAll = (since: number | null = device.now) =>
  device.command(refreshAllPodcasts, { since });

const failureOf = async (name: string) =>
  (await getPodcast(await device.worker.database(), name as PodcastId))?.refreshFailure;

it('asks for all feeds in one request, and stores only what has changed', async () => {
  for (const name of ['one', 'two', 'three']) await subscribe(name);
  gateway.publish(urlOf('two'), anItem('new'));
  gateway.results.set(urlOf('three'), {
    status: 'failed',
    failure: { code: 'feed-not-found', status: 404 },
  });
  expect(await refreshAll()).toEqual({ left: 0, changed: 1, failed: 1 });
  expect(gateway.asked).toEqual([['one', 'three', 'two'].map(urlOf)]);
  expect(await failureOf('three')).toEqual({ code: 'feed-not-found', status: 404 });
  expect(await failureOf('one')).toBeUndefined();
});

it('counts a feed that came in full, and says what it said before, as unchanged', async () => {
  gateway.publish(urlOf('podcast'), anItem('new'));
  device.now += DAY_MS;
  expect(await refreshAll()).toEqual({ left: 0, changed: 1, failed: 0 });
  device.now += DAY_MS;
  expect(await refreshAll()).toEqual({ left: 0, changed: 0, failed: 0 });
  expect(gateway.asked).toHaveLength(2);
});

it('asks for none that was read since', async () => {
  await subscribe('one');
  await refreshAll();
  expect(await refreshAll()).toEqual({ left: 0, changed: 0, failed: 0 });
  expect(gateway.asked).toHaveLength(1);
});

it('ends its step in time, and says how many are left', async () => {
  for (let count = 0; count < 120; count += 1) await subscribe(`p${count}`);
  const since = device.now;
  gateway.onAsked = () => {
    device.now += 15_000;
  };
  expect(await refreshAll(since)).toMatchObject({ left: 20 });
  expect(await refreshAll(since)).toMatchObject({ left: 0 });
  expect(gateway.asked.flat()).toHaveLength(120);
  expect(new Set(gateway.asked.flat()).size).toBe(120);
});

it('shares one step among those who ask together', async () => {
  for (const name of ['one', 'two']) await subscribe(name);
  await Promise.all([refreshAll(), refreshAll(), refreshAll(null)]);
  expect(gateway.asked).toHaveLength(1);
});

it('touches nothing without a connection', async () => {
  await subscribe('one');
  const before = await listPodcasts(await device.worker.database());
  device.isOnline = false;
  expect(await refreshAll()).toEqual({ left: 1, changed: 0, failed: 0 });
  expect(gateway.asked).toEqual([]);
  expect(await listPodcasts(await device.worker.database())).toEqual(before);
});

it('keeps the reason on every row when the gateway does not answer, and loses nothing', async () => {
  await subscribe('one', { title: 'Still here' });
  gateway.onAsked = () => {
    throw new TypeError('Failed to fetch');
  };
  expect(await refreshAll()).toEqual({ left: 0, changed: 0, failed: 1 });
  expect(await getPodcast(await device.worker.database(), 'one' as PodcastId)).toMatchObject({
    title: 'Still here',
    refreshFailure: { code: 'gateway-unreachable' },
  });
});

it('asks again for those that the gateway had no room for, and not without end', async () => {
  await subscribe('one');
  await subscribe('two');
  gateway.publish(urlOf('two'), anItem('new'));
  const failure = { code: 'gateway-unreachable' } as const;
  gateway.results.set(urlOf('two'), { status: 'failed', failure });
  gateway.onAsked = () => {
    if (gateway.asked.length > 1) gateway.results.delete(urlOf('two'));
  };
  expect(await refreshAll()).toEqual({ left: 0, changed: 1, failed: 0 });
  expect(gateway.asked.map((asked) => asked.length)).toEqual([2, 1]);

  for (const name of ['one', 'two'])
    gateway.results.set(urlOf(name), { status: 'failed', failure });
  device.now += DAY_MS;
  gateway.onAsked = () => undefined;
  expect(await refreshAll()).toEqual({ left: 2, changed: 0, failed: 0 });
  expect(gateway.asked.map((asked) => asked.length)).toEqual([2, 1, 3, 2]);
});

it('asks each host by itself where there is no gateway, and our own in any case', async () => {
  const asked: string[] = [];
  device.startWorker(() => ({
    fetch: async (input) => {
      asked.push(new URL(String(input)).pathname);
      if (String(input).endsWith('/api/feeds')) return new Response('no', { status: 404 });
      return new Response('no', { status: 410 });
    },
  }));
  await subscribe('one');
  await subscribe('ours', { feedUrl: 'https://app.example/sample/feed.xml' });
  expect(await refreshAll()).toEqual({ left: 0, changed: 0, failed: 2 });
  expect(asked).toEqual(['/api/feeds', '/sample/feed.xml', '/one']);
  expect(await failureOf('one')).toEqual({ code: 'feed-not-found', status: 410 });
});

it('does not let a validator that the gateway refuses take the others with it', async () => {
  await subscribe('odd', { etag: '"é"' });
  await subscribe('one');
  gateway.publish(urlOf('odd'), anItem('new'));
  expect(await refreshAll()).toMatchObject({ changed: 1, failed: 0 });
});

it('begins with others after a worker has died on one', async () => {
  await subscribe('deadly', { etag: undefined });
  let hangs: () => void = () => undefined;
  const hanging = new Promise<void>((resolve) => {
    hangs = resolve;
  });
  device.startWorker(() => ({
    fetch: () => {
      hangs();
      return new Promise(() => undefined);
    },
  }));
  void refreshAll(null);
  await hanging;
  device.startWorker((context) => gateway.wrap(context));
  await subscribe('late', { refreshedAt: device.now - DAY_MS / 2 });
  device.now += DAY_MS / 24;
  expect(await refreshAll(null)).toMatchObject({ left: 0 });
  expect(gateway.asked).toEqual([['late', 'deadly'].map(urlOf)]);
});
