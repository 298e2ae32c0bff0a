import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isCacheUpdate } from '../../core/contract/guards.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { type HostedFile, serving } from '../testing/companion-host.ts';
import { Device, episodeId } from '../testing/device.ts';
import { unreachable } from '../testing/podcast-host.ts';
import { answerArtwork } from './artwork.ts';
import { artworkCache, companionCache } from './cache-names.ts';
import { readCompanion } from './companions.ts';

const HOST = 'https://podcast.example';
const IMAGE = `${HOST}/cover.png`;
const CHAPTERS = `${HOST}/chapters.json`;
const DAY_MS = 24 * 60 * 60_000;

let device: Device;
/** What the windows of this worker were told. */
let told: unknown[];
const files = new Map<string, HostedFile>();

beforeEach(async () => {
  told = [];
  files.clear();
  device = await Device.create();
  device.host.usually = serving(files);
  files.set(IMAGE, { body: 'old' });
  files.set(CHAPTERS, { body: 'old chapters', type: 'application/json' });
  await putFeed(await device.worker.database(), aPodcast(), [
    anEpisode({ id: episodeId, imageUrl: IMAGE, chaptersUrl: CHAPTERS }),
  ]);
  for (const name of [artworkCache, companionCache]) {
    await caches.delete(name(device.worker.baseUrl));
  }
  // Workbox posts to the windows of the worker that it runs in. Here it runs in a page.
  const windows = [{ postMessage: (message: unknown) => told.push(message) }];
  vi.stubGlobal('clients', { matchAll: async () => windows });
});

afterEach(() => {
  vi.unstubAllGlobals();
  expect(device.reports).toEqual([]);
});

/** What an `<img>` gets; and everything behind it is done. */
async function image(): Promise<string> {
  const works: Promise<unknown>[] = [];
  const waitUntil = (work: Promise<unknown>) => works.push(work);
  const { response } = await answerArtwork(episodeId, device.worker, { waitUntil });
  const text = await response.text();
  await Promise.all(works);
  return text;
}

const asked = () => device.host.requests.length;

describe('artwork', () => {
  it('is answered from here, and exchanged behind the answer when its host has another', async () => {
    expect(await image()).toBe('old');
    files.set(IMAGE, { body: 'newer' });
    expect(await image()).toBe('old');
    expect(asked()).toBe(1);

    device.now += DAY_MS;
    expect(await image()).toBe('old');
    expect(await image()).toBe('newer');
    expect(asked()).toBe(2);
    expect(told).toEqual([
      {
        type: 'CACHE_UPDATED',
        meta: 'workbox-broadcast-update',
        payload: { cacheName: 'stowaway-artwork:/', updatedURL: IMAGE },
      },
    ]);
    expect(told.every(isCacheUpdate)).toBe(true);
  });

  it('is told apart by its bytes where the host shows no validator', async () => {
    await image();
    files.set(IMAGE, { body: 'odd' });
    device.now += DAY_MS;
    await image();
    expect(told).toHaveLength(1);
    expect(await image()).toBe('odd');
  });

  it.each([
    ['etag', '"1"', '"2"'],
    ['last-modified', 'Sun, 01 Nov 2026 00:00:00 GMT', 'Mon, 02 Nov 2026 00:00:00 GMT'],
  ])('is told apart by the %s where it is shown', async (name, before, after) => {
    device.host.exposesHeaders = true;
    files.set(IMAGE, { body: 'same', headers: { [name]: before } });
    await image();
    device.now += DAY_MS;
    await image();
    expect(asked()).toBe(2);
    expect(told).toEqual([]);
    files.set(IMAGE, { body: 'same', headers: { [name]: after } });
    device.now += DAY_MS;
    await image();
    expect(told).toHaveLength(1);
  });

  it('is asked for once, however many look at the same time', async () => {
    await image();
    device.now += DAY_MS;
    await Promise.all([image(), image(), image()]);
    expect(asked()).toBe(2);
  });

  it('stays as it is without a network, with data to be spared, and with a host that is gone', async () => {
    await image();
    files.set(IMAGE, { body: 'newer' });
    device.now += DAY_MS;
    device.sparesData = true;
    await image();
    device.sparesData = false;
    device.isOnline = false;
    await image();
    device.isOnline = true;
    expect(asked()).toBe(1);
    device.host.next(unreachable);
    await image();
    expect(await image()).toBe('old');
    // The next try is the next day's.
    expect(asked()).toBe(2);
    device.now += DAY_MS;
    await image();
    expect(await image()).toBe('newer');
  });

  it('is asked for past the browser’s own cache', async () => {
    const modes: (string | undefined)[] = [];
    device.startWorker(({ fetch }) => ({
      fetch: (input, init) => {
        modes.push(init?.cache);
        return fetch(input, init);
      },
    }));
    await image();
    device.now += DAY_MS;
    await image();
    expect(modes).toEqual(['default', 'no-cache']);
  });
});

describe('chapters', () => {
  const read = () =>
    device.command(
      async (episode, { context, waitUntil }) => {
        return readCompanion(context, episode, CHAPTERS, waitUntil);
      },
      anEpisode({ id: episodeId }),
    );

  it('are answered from here, and exchanged behind the answer', async () => {
    expect(await read()).toBe('old chapters');
    files.set(CHAPTERS, { body: 'newer chapters', type: 'application/json' });
    device.now += DAY_MS;
    expect(await read()).toBe('old chapters');
    expect(told).toMatchObject([{ payload: { updatedURL: CHAPTERS } }]);
    expect(await read()).toBe('newer chapters');
    expect(asked()).toBe(2);
  });
});
