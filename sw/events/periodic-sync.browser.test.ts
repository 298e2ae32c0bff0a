import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PodcastId } from '../../core/model/ids.ts';
import { getPodcast, putFeed } from '../../core/storage/podcasts.ts';
import { aPodcast } from '../../core/storage/testing/rows.ts';
import { listWakeUps } from '../../core/storage/wake-ups.ts';
import { Device } from '../testing/device.ts';
import { expectTheEpisode } from '../testing/stored-episode.ts';
import { onPeriodicSync } from './periodic-sync.ts';

const HOUR_MS = 60 * 60_000;

let device: Device;
/** The feeds that the gateway was asked for, in order. */
let asked: string[];
/** What one answer of the gateway takes. */
let answerMs: number;

beforeEach(async () => {
  device = await Device.create();
  asked = [];
  answerMs = 0;
  const { fetch } = device.worker;
  device.startWorker(() => ({
    fetch: async (input, init) => {
      if (!String(input).endsWith('/api/feeds')) return fetch(input, init);
      const { feeds } = JSON.parse(String(init?.body));
      asked.push(feeds[0].url);
      device.now += answerMs;
      if (feeds[0].url.includes('broken')) throw new TypeError('Failed to fetch');
      return Response.json({ results: [{ status: 'not-modified' }] });
    },
  }));
  // The one that every device has is not due.
  await subscribe('podcast', 0);
});

afterEach(() => expect(device.reports).toEqual([]));

async function subscribe(name: string, readBeforeMs: number): Promise<void> {
  const feedUrl = `https://podcast.example/${name}`;
  const refreshedAt = device.now - readBeforeMs;
  const podcast = aPodcast({ id: name as PodcastId, feedUrl, refreshedAt });
  await putFeed(await device.worker.database(), podcast, []);
}

async function wake() {
  await onPeriodicSync({ tag: 'podcasts' } as PeriodicSyncEvent, device.worker);
  return (await listWakeUps(await device.worker.database()))[0];
}

it('refreshes the podcasts that are due, longest unread first, and no others', async () => {
  await subscribe('yesterday', 24 * HOUR_MS);
  await subscribe('last-week', 7 * 24 * HOUR_MS);
  await subscribe('just-now', HOUR_MS);
  const broken = 'broken' as PodcastId;
  await subscribe(broken, 12 * HOUR_MS);
  expect(await wake()).toMatchObject({ by: 'periodicsync', tag: 'podcasts', outcome: 'done' });
  expect(asked.map((url) => new URL(url).pathname)).toEqual([
    '/last-week',
    '/yesterday',
    '/broken',
  ]);
  const db = await device.worker.database();
  expect(await getPodcast(db, 'last-week' as PodcastId)).toMatchObject({ refreshedAt: device.now });
  expect(await getPodcast(db, broken)).toMatchObject({
    refreshFailure: { code: 'gateway-unreachable' },
  });
  expect(device.broadcasts).toContainEqual({
    type: 'podcasts/changed',
    podcastIds: ['yesterday'],
  });
  asked = [];
  await wake();
  expect(asked, 'only the one that failed is due again').toEqual([
    'https://podcast.example/broken',
  ]);
});

it('begins no feed when its time is nearly over, and says that some are left', async () => {
  for (let count = 0; count < 20; count += 1) await subscribe(`p${count}`, 24 * HOUR_MS);
  answerMs = 10_000;
  const startedAt = device.now;
  expect(await wake()).toMatchObject({ outcome: 'left' });
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.length).toBeLessThan(12);
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
  expect(asked).toEqual([]);
});

it('reads what was last read in the future, by a clock that was set back since', async () => {
  await subscribe('from-tomorrow', -24 * HOUR_MS);
  await wake();
  expect(asked).toHaveLength(1);
});
