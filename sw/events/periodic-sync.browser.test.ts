import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PodcastId } from '../../core/model/ids.ts';
import { getPodcast, putFeed } from '../../core/storage/podcasts.ts';
import { aPodcast } from '../../core/storage/testing/rows.ts';
import { listWakeUps } from '../../core/storage/wake-ups.ts';
import { Device } from '../testing/device.ts';
import { FeedServer } from '../testing/feed-server.ts';
import { expectTheEpisode } from '../testing/stored-episode.ts';
import { onPeriodicSync } from './periodic-sync.ts';

const HOUR_MS = 60 * 60_000;

let device: Device;
let gateway: FeedServer;

beforeEach(async () => {
  device = await Device.create();
  gateway = new FeedServer();
  device.startWorker((context) => gateway.wrap(context));
  // The one that every device has is not due.
  await subscribe('podcast', 0);
});

afterEach(() => expect(device.reports).toEqual([]));

const urlOf = (name: string) => `https://podcast.example/${name}`;

async function subscribe(name: string, readBeforeMs: number): Promise<void> {
  const feedUrl = urlOf(name);
  const refreshedAt = device.now - readBeforeMs;
  const podcast = aPodcast({ id: name as PodcastId, feedUrl, refreshedAt, etag: '"1"' });
  await putFeed(await device.worker.database(), podcast, []);
}

async function wake() {
  await onPeriodicSync({ tag: 'podcasts' } as PeriodicSyncEvent, device.worker);
  return (await listWakeUps(await device.worker.database()))[0];
}

it('refreshes the podcasts that are due in one request, longest unread first, and no others', async () => {
  await subscribe('yesterday', 24 * HOUR_MS);
  await subscribe('last-week', 7 * 24 * HOUR_MS);
  await subscribe('just-now', HOUR_MS);
  const broken = 'broken' as PodcastId;
  await subscribe(broken, 12 * HOUR_MS);
  gateway.results.set(urlOf('broken'), {
    status: 'failed',
    failure: { code: 'feed-unreachable' },
  });
  expect(await wake()).toMatchObject({ by: 'periodicsync', tag: 'podcasts', outcome: 'done' });
  expect(gateway.asked).toEqual([['last-week', 'yesterday', 'broken'].map(urlOf)]);
  const db = await device.worker.database();
  expect(await getPodcast(db, 'last-week' as PodcastId)).toMatchObject({ refreshedAt: device.now });
  expect(await getPodcast(db, broken)).toMatchObject({
    refreshFailure: { code: 'feed-unreachable' },
  });
  expect(device.broadcasts).toContainEqual({
    type: 'podcasts/changed',
    podcastIds: ['last-week', 'yesterday', 'broken'],
  });
  device.now += HOUR_MS / 2;
  await wake();
  expect(gateway.asked[1], 'only the one that failed is due again').toEqual([urlOf('broken')]);
});

it('begins no request when its time is nearly over, and says that some are left', async () => {
  for (let count = 0; count < 300; count += 1) await subscribe(`p${count}`, 24 * HOUR_MS);
  gateway.onAsked = () => {
    device.now += 30_000;
  };
  const startedAt = device.now;
  expect(await wake()).toMatchObject({ outcome: 'left' });
  expect(gateway.asked.map(({ length }) => length)).toEqual([50, 50, 50]);
  expect(device.now - startedAt).toBeLessThanOrEqual(120_000);
});

it('goes on with downloads that nobody else would come back for', async () => {
  await device.request();
  expect(await wake()).toMatchObject({ outcome: 'done' });
  await expectTheEpisode(device);
});

it('without a connection leaves everything as it is', async () => {
  await subscribe('yesterday', 24 * HOUR_MS);
  device.isOnline = false;
  expect(await wake()).toMatchObject({ outcome: 'left' });
  expect(gateway.asked).toEqual([]);
});

it('reads what was last read in the future, by a clock that was set back since', async () => {
  await subscribe('from-tomorrow', -24 * HOUR_MS);
  await wake();
  expect(gateway.asked).toHaveLength(1);
});
