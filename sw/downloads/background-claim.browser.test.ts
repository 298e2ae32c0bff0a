import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import { getDownload } from '../../core/storage/downloads.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { Device, episodeId } from '../testing/device.ts';
import { noise } from '../testing/noise.ts';
import { status } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { claimNext, noteLaunch } from './background-fetch.ts';

const LAUNCH_MS = 10_000;

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000, background: true });
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
  vi.restoreAllMocks();
});

/** More episodes of the podcast, asked for after the first. */
async function requestMore(count: number): Promise<EpisodeId[]> {
  const ids = Array.from({ length: count }, (_, index) => `more-${index}` as EpisodeId);
  const episodes = ids.map((id) => anEpisode({ id }));
  await putFeed(await device.worker.database(), aPodcast(), episodes);
  for (const id of ids) await device.request(id);
  return ids;
}

describe('a plan', () => {
  it('is one registration with a request for each segment', async () => {
    const plan = await claimNext(device.worker, 'page');
    const url = 'https://podcast.example/episode.mp3';
    expect(plan).toEqual({
      fetchId: `${(await attemptOf(device)).id}:1`,
      title: 'An episode',
      downloadTotalBytes: 600_000 + 2 * 1024,
      requests: [
        { url: `${url}#0-262144-0`, range: 'bytes=0-262143' },
        { url: `${url}#262144-262144-1024`, range: 'bytes=261120-524287' },
        { url: `${url}#524288-75712-1024`, range: 'bytes=523264-599999' },
      ],
    });
  });

  it('of many requests is ordered so that the browser takes them from first to last', async () => {
    device.host.content = noise(256 * 1024 * 14, 1);
    await device.startBackgroundFetches();
    const ranges = device.backgroundFetch?.started[0]?.requests.map(({ url }) => new URL(url).hash);
    const offsets = ranges?.map((hash) => Number.parseInt(hash.slice(1), 10));
    expect(offsets).toEqual(Array.from({ length: 14 }, (_, index) => index * 256 * 1024));
  });

  it('puts the download to work under a lease of the page that asked', async () => {
    await claimNext(device.worker, 'page');
    expect((await downloadOf(device))?.state).toEqual({ kind: 'active' });
    const { lease, epoch, id } = await attemptOf(device);
    const expiresAt = device.now + LAUNCH_MS;
    const engine = 'background-fetch';
    expect(lease).toEqual({
      engine,
      owner: `${id}:${epoch}`,
      clientId: 'page',
      besides: [],
      browserLife: 'browser',
      started: 1,
      expiresAt,
      hadBytes: 0,
    });
  });

  it('does not say a total where the host does not', async () => {
    device.host.tellsLength = false;
    expect(await claimNext(device.worker, 'page')).toMatchObject({
      downloadTotalBytes: null,
      requests: [{ url: 'https://podcast.example/episode.mp3#whole', range: null }],
    });
  });

  it('is given to one of two pages that ask together', async () => {
    const plans = await Promise.all([
      claimNext(device.worker, 'one'),
      claimNext(device.worker, 'two'),
    ]);
    expect(plans.filter(Boolean)).toHaveLength(1);
  });

  it('is not given where the browser has no Background Fetch', async () => {
    const worker = device.startWorker(() => ({
      registration: {} as unknown as ServiceWorkerRegistration,
    }));
    expect(await claimNext(worker, 'page')).toBeNull();
  });

  it('is not given while the host cannot be reached; the row says when to try again', async () => {
    device.host.next(status(503));
    expect(await claimNext(device.worker, 'page')).toBeNull();
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'retry' });
  });

  it('is not held up by an episode that cannot be had', async () => {
    const [second] = await requestMore(1);
    device.host.next(status(404));
    await claimNext(device.worker, 'page');
    expect((await downloadOf(device))?.state.kind).toBe('failed');
    const db = await device.worker.database();
    expect((await getDownload(db, second as EpisodeId))?.state.kind).toBe('active');
  });
});

describe('the queue', () => {
  it('has four at a time with the browser, in the order of the wishes', async () => {
    await requestMore(5);
    expect(await device.startBackgroundFetches()).toHaveLength(4);
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    expect(await advance(device.worker)).toEqual({ againInMs: 250, claimable: false });
  });

  it('goes on with the next one when a place is free', async () => {
    const ids = await requestMore(5);
    await device.startBackgroundFetches();
    const [first] = device.backgroundFetch?.started ?? [];
    await first?.deliver();
    await first?.end();
    expect(await device.startBackgroundFetches()).toHaveLength(1);
    const db = await device.worker.database();
    const states = await Promise.all(
      [episodeId, ...ids].map(async (id) => (await getDownload(db, id))?.state.kind),
    );
    expect(states).toEqual(['committed', 'active', 'active', 'active', 'active', 'queued']);
  });

  it('says when a page has something to start', async () => {
    expect(await advance(device.worker)).toEqual({ againInMs: 250, claimable: true });
  });
});

describe('a page that has a plan', () => {
  it('and goes before it started it loses it after 30 seconds', async () => {
    const first = await claimNext(device.worker, 'gone');
    expect(await claimNext(device.worker, 'page')).toBeNull();
    device.now += LAUNCH_MS;
    const second = await claimNext(device.worker, 'page');
    expect(second?.requests).toEqual(first?.requests);
    expect(second?.fetchId).not.toBe(first?.fetchId);
  });

  it('and comes too late with its note changes nothing', async () => {
    const first = await claimNext(device.worker, 'slow');
    device.now += LAUNCH_MS;
    const second = await claimNext(device.worker, 'page');
    await noteLaunch(device.worker, first?.fetchId ?? '', 'no-space');
    const { lease } = await attemptOf(device);
    expect(lease?.owner).toBe(second?.fetchId);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'active' });
  });

  it('and started it keeps it for as long as the browser works on it', async () => {
    await device.startBackgroundFetches();
    device.now += 365 * 24 * 3600_000;
    expect(await claimNext(device.worker, 'page')).toBeNull();
  });

  it('and started it, but could not say so, has it started by nobody else', async () => {
    const plan = await claimNext(device.worker, 'page');
    const requests = plan?.requests.map(({ url }) => new Request(url)) ?? [];
    await device.backgroundFetch?.fetch(plan?.fetchId ?? '', requests);
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    await advance(device.worker);
    device.now += LAUNCH_MS;
    expect(await claimNext(device.worker, 'page')).toBeNull();
  });

  it('and hears that there is no room waits for room, and keeps what there is', async () => {
    const plan = await claimNext(device.worker, 'page');
    await noteLaunch(device.worker, plan?.fetchId ?? '', 'no-space');
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'space' });
    expect(await claimNext(device.worker, 'page')).toBeNull();
  });

  it('and hears that there are too many asks again later', async () => {
    const plan = await claimNext(device.worker, 'page');
    await noteLaunch(device.worker, plan?.fetchId ?? '', 'too-many');
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'retry' });
    expect(await claimNext(device.worker, 'page')).toBeNull();
    device.now += 10_000;
    await advance(device.worker);
    expect(await device.startBackgroundFetches()).toHaveLength(1);
  });

  it.each(['not-allowed', 'unexpected'] as const)(
    'and hears %s leaves the work to the worker',
    async (refusal) => {
      const plan = await claimNext(device.worker, 'page');
      await noteLaunch(device.worker, plan?.fetchId ?? '', refusal);
      expect(await claimNext(device.worker, 'page')).toBeNull();
      await device.advanceUntilIdle();
      await expectTheEpisode(device);
    },
  );

  it.each(['', 'nobody:1', 'nobody', ':'])('is not known by the id %j', async (fetchId) => {
    await noteLaunch(device.worker, fetchId, 'no-space');
    expect((await downloadOf(device))?.state).toEqual({ kind: 'queued' });
  });
});

describe('a browser that has lost Background Fetch', () => {
  it('goes on with the worker itself', async () => {
    await claimNext(device.worker, 'page');
    device.startWorker(() => ({ registration: {} as unknown as ServiceWorkerRegistration }));
    device.now += LAUNCH_MS;
    for (let step = 0; step < 3; step += 1) await advance(device.worker);
    expect((await downloadOf(device))?.state.kind).toBe('committed');
  });
});
