import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { keepAhead } from '../requests/cache-keep.ts';
import { type Manner, MortalWorker } from '../testing/mortal-worker.ts';
import {
  clear,
  db,
  device,
  files,
  HOST,
  keep,
  keptNames,
  MB,
  pictured,
  podcastId,
} from './testing/kept-files.ts';

beforeEach(clear);

afterEach(() => {
  vi.restoreAllMocks();
  expect(device.reports).toEqual([]);
});

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
