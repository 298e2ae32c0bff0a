import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import type { Database } from '../../core/storage/database.ts';
import { listKeptFiles } from '../../core/storage/kept-files.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { keepAhead } from '../requests/cache-keep.ts';
import { reconcileDownloads } from '../requests/downloads-reconcile.ts';
import { unsubscribeFromPodcast } from '../requests/podcast-unsubscribe.ts';
import { type HostedFile, serving } from '../testing/companion-host.ts';
import { Device } from '../testing/device.ts';
import { type Manner, MortalWorker } from '../testing/mortal-worker.ts';
import { answerArtwork } from './artwork.ts';
import { artworkCache, companionCache } from './cache-names.ts';

const HOST = 'https://podcast.example';
const MB = 1024 * 1024;
const podcastId = 'podcast' as PodcastId;

let device: Device;
let db: Database;
const files = new Map<string, HostedFile>();

beforeEach(clear);

async function clear(): Promise<void> {
  files.clear();
  device = await Device.create();
  device.host.usually = serving(files);
  db = await device.worker.database();
  for (const name of [artworkCache, companionCache]) {
    await caches.delete(name(device.worker.baseUrl));
  }
}

afterEach(() => {
  vi.restoreAllMocks();
  expect(device.reports).toEqual([]);
});

/** Episodes with a picture of so many bytes each; their ids. */
async function pictured(sizes: Record<string, number>): Promise<EpisodeId[]> {
  const ids = Object.keys(sizes) as EpisodeId[];
  for (const id of ids) {
    files.set(`${HOST}/${id}.png`, { body: 'x'.repeat(sizes[id] ?? 0) });
  }
  const episodes = ids.map((id) => anEpisode({ id, imageUrl: `${HOST}/${id}.png` }));
  await putFeed(db, aPodcast(), episodes);
  return ids;
}

const keep = (...artworkOf: (EpisodeId | PodcastId)[]) =>
  device.command(keepAhead, { artworkOf, companionsOf: [] });

/** Caches whose `put` is done in another way. */
function putting(put: (cache: Cache, ...args: Parameters<Cache['put']>) => Promise<void>) {
  const open = async (name: string) => {
    const cache = await caches.open(name);
    return {
      match: (key: string) => cache.match(key),
      delete: (key: string) => cache.delete(key),
      put: (...args: Parameters<Cache['put']>) => put(cache, ...args),
    };
  };
  return { open } as unknown as CacheStorage;
}

async function keptNames(): Promise<string[]> {
  const rows = (await listKeptFiles(db)).map(({ address }) => address).sort();
  const cached: string[] = [];
  for (const name of [artworkCache, companionCache]) {
    const cache = await caches.open(name(device.worker.baseUrl));
    cached.push(...(await cache.keys()).map(({ url }) => url));
  }
  // Always: what has bytes has a row, and the other way round.
  expect(cached.sort()).toEqual(rows);
  return rows.map((address) => address.slice(HOST.length + 1));
}

describe('cache/keep', () => {
  async function anEpisodeWithEverything(): Promise<EpisodeId> {
    const id = 'full' as EpisodeId;
    files.set(`${HOST}/cover.png`, { body: 'cover' });
    files.set(`${HOST}/chapters.json`, { body: '{}', type: 'application/json' });
    files.set(`${HOST}/words.vtt`, { body: 'WEBVTT', type: 'text/vtt' });
    files.set(`${HOST}/words.html`, { body: '<p>', type: 'text/html' });
    await putFeed(db, aPodcast({ imageUrl: `${HOST}/cover.png` }), [
      anEpisode({
        id,
        chaptersUrl: `${HOST}/chapters.json`,
        transcripts: [
          { url: `${HOST}/words.html`, type: 'text/html' },
          { url: `${HOST}/words.vtt`, type: 'text/vtt' },
        ],
      }),
    ]);
    return id;
  }

  it('keeps what an episode comes with, of its transcripts the best, and answers its id', async () => {
    const id = await anEpisodeWithEverything();
    const wish = { artworkOf: [podcastId], companionsOf: [id] };
    expect(await device.command(keepAhead, wish)).toEqual(wish);
    expect(await keptNames()).toEqual(['chapters.json', 'cover.png', 'words.vtt']);
    const asked = device.host.requests.length;
    expect(await device.command(keepAhead, wish)).toEqual(wish);
    expect(device.host.requests).toHaveLength(asked);
  });

  it('does not answer the id of what is not all there', async () => {
    const id = await anEpisodeWithEverything();
    files.delete(`${HOST}/chapters.json`);
    const wish = { artworkOf: ['nobody' as PodcastId], companionsOf: [id, 'none' as EpisodeId] };
    expect(await device.command(keepAhead, wish)).toEqual({ artworkOf: [], companionsOf: [] });
    expect(await keptNames()).toEqual(['cover.png', 'words.vtt']);
  });

  it('fetches nothing when data is to be spared, and still says what is here', async () => {
    const [one, two] = await pictured({ one: 10, two: 10 });
    if (!one || !two) throw new Error('two episodes');
    await keep(one);
    device.sparesData = true;
    const asked = device.host.requests.length;
    expect((await keep(one, two)).artworkOf).toEqual([one]);
    expect(device.host.requests).toHaveLength(asked);
  });

  it('goes through the gateway where a host does not let itself be read', async () => {
    const id = 'relayed' as EpisodeId;
    const imageUrl = `${HOST}/closed.png`;
    await putFeed(db, aPodcast(), [anEpisode({ id, imageUrl, relayTokens: [[imageUrl, 'old']] })]);
    device.host.allowsReading = false;
    device.host.usually = () => new Response('p', { headers: { 'content-type': 'image/png' } });
    expect((await keep(id)).artworkOf).toEqual([]);
    device.hasGateway = true;
    expect((await keep(id)).artworkOf).toEqual([id]);
  });

  it('keeps no script that calls itself a picture, and nothing that is too large', async () => {
    const [svg, large] = await pictured({ svg: 10, large: 11 * MB });
    if (!svg || !large) throw new Error('two episodes');
    files.set(`${HOST}/svg.png`, { body: '<svg/>', type: 'image/svg+xml' });
    expect((await keep(svg, large)).artworkOf).toEqual([]);
    expect(await keptNames()).toEqual([]);
  });

  it('ends after its step, with what it has', async () => {
    const [slow, quick] = await pictured({ slow: 10, quick: 10 });
    if (!slow || !quick) throw new Error('two episodes');
    const ended = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(ended.signal);
    device.startWorker((context) => ({
      fetch: async (input, init) => {
        if (!String(input).includes('slow')) return context.fetch(input, init);
        return new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        });
      },
    }));
    const answer = keep(slow, quick);
    await vi.waitFor(async () => expect(await keptNames()).toEqual(['quick.png']));
    ended.abort();
    expect((await answer).artworkOf).toEqual([quick]);
  });
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

describe('a worker that is struck while it keeps', () => {
  const manners: Manner[] = ['dies', 'throws'];

  it.each(manners)('(it %s), at any operation, leaves nothing uncounted', async (manner) => {
    for (let operation = 1; ; operation += 1) {
      await clear();
      device.quotaBytes = 40 * MB; // Room for one of them.
      const [a, b] = await pictured({ a: 1.5 * MB, b: 1.5 * MB });
      if (!a || !b) throw new Error('two episodes');
      await keep(a);
      device.now += 1;
      const mortal = new MortalWorker(operation, manner);
      device.startWorker((context) => mortal.wrap(context));
      const work = keep(b).then(
        () => 'done',
        () => 'failed',
      );
      const end = await Promise.race([work, mortal.struck]);
      if (manner === 'throws') await work;
      device.startWorker();
      device.reports.length = 0;
      expect((await keep(b)).artworkOf, `${operation}: ${end}`).toEqual([b]);
      expect(await keptNames(), `${operation}: ${end}`).toEqual(['b.png']);
      if (end === 'done') {
        expect(operation).toBeGreaterThan(8);
        return;
      }
    }
  });
});
