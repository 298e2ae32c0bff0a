import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import { listKeptFiles } from '../../core/storage/kept-files.ts';
import { reconcileDownloads } from '../requests/downloads-reconcile.ts';
import { unsubscribeFromPodcast } from '../requests/podcast-unsubscribe.ts';
import { answerArtwork } from './artwork.ts';
import { artworkCache } from './cache-names.ts';
import {
  clear,
  db,
  device,
  HOST,
  keep,
  keptNames,
  MB,
  pictured,
  podcastId,
  putting,
} from './testing/kept-files.ts';

beforeEach(clear);

afterEach(() => {
  vi.restoreAllMocks();
  expect(device.reports).toEqual([]);
});

describe('the budget', () => {
  it('lets the ones go that were not used for the longest time', async () => {
    const ids = await pictured({
      a: 9 * MB,
      b: 9 * MB,
      c: 9 * MB,
      d: 9 * MB,
      e: 9 * MB,
      f: 9 * MB,
    });
    const [a, ...rest] = ids;
    for (const id of rest.slice(0, 4)) {
      await keep(id);
      device.now += 2 * 60 * 60_000;
    }
    if (!a) throw new Error('six episodes');
    await keep(a);
    device.now += 2 * 60 * 60_000;
    // Looked at again: b is now younger than c.
    await answerArtwork('b', device.worker, { waitUntil: () => undefined });
    await keep('f' as EpisodeId);
    expect(await keptNames()).toEqual(['a.png', 'b.png', 'd.png', 'e.png', 'f.png']);
  });

  it('is smaller on a small device', async () => {
    device.quotaBytes = 40 * MB; // 2 MB of it
    await pictured({ a: 1.5 * MB, b: 1.5 * MB, c: 3 * MB });
    await keep('a' as EpisodeId);
    device.now += 1;
    expect((await keep('b' as EpisodeId)).artworkOf).toEqual(['b']);
    expect((await keep('c' as EpisodeId)).artworkOf).toEqual([]);
    expect(await keptNames()).toEqual(['b.png']);
  });

  it('neither counts nor takes what a download comes with', async () => {
    device.quotaBytes = 40 * MB;
    await pictured({ a: 1.5 * MB, b: 1.5 * MB, c: 1.5 * MB, large: 5 * MB });
    await device.request('a' as EpisodeId);
    await device.request('large' as EpisodeId);
    await keep('a' as EpisodeId, 'large' as EpisodeId);
    await keep('b' as EpisodeId);
    device.now += 1;
    await keep('c' as EpisodeId);
    expect(await keptNames()).toEqual(['a.png', 'c.png', 'large.png']);
  });

  it('counts what no row knew of from the next start-up check on', async () => {
    const cache = await caches.open(artworkCache(device.worker.baseUrl));
    await cache.put(`${HOST}/old.png`, new Response('old'));
    await device.command(reconcileDownloads, {});
    expect(await listKeptFiles(db)).toMatchObject([{ address: `${HOST}/old.png`, sizeBytes: 3 }]);
    expect(await keptNames()).toEqual(['old.png']);
  });

  it('is not left behind by a file that comes after its podcast has gone', async () => {
    await pictured({ a: 10 });
    let write = () => {};
    const written = new Promise<void>((resolve) => {
      write = resolve;
    });
    device.startWorker(() => ({
      caches: putting(async (cache, ...args) => {
        await written;
        await cache.put(...args);
      }),
    }));
    const keeping = keep('a' as EpisodeId);
    await vi.waitFor(async () => expect(await listKeptFiles(db)).toHaveLength(1));
    await device.command(unsubscribeFromPodcast, { podcastId });
    write();
    expect((await keeping).artworkOf).toEqual([]);
    expect(await keptNames()).toEqual([]);
  });

  it('is freed by unsubscribing', async () => {
    await pictured({ a: 10, b: 10 });
    await keep('a' as EpisodeId, 'b' as EpisodeId);
    await device.command(unsubscribeFromPodcast, { podcastId });
    expect(await keptNames()).toEqual([]);
  });
});
