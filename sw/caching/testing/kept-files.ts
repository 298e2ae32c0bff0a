import { expect } from 'vitest';
import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import type { Database } from '../../../core/storage/database.ts';
import { listKeptFiles } from '../../../core/storage/kept-files.ts';
import { putFeed } from '../../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../../core/storage/testing/rows.ts';
import { keepAhead } from '../../requests/cache-keep.ts';
import { type HostedFile, serving } from '../../testing/companion-host.ts';
import { Device } from '../../testing/device.ts';
import { artworkCache, companionCache } from '../cache-names.ts';

export const HOST = 'https://podcast.example';
export const MB = 1024 * 1024;
export const podcastId = 'podcast' as PodcastId;

export let device: Device;
export let db: Database;
export const files = new Map<string, HostedFile>();

/** Call before each test. */
export async function clear(): Promise<void> {
  files.clear();
  device = await Device.create();
  device.host.usually = serving(files);
  db = await device.worker.database();
  for (const name of [artworkCache, companionCache]) {
    await caches.delete(name(device.worker.baseUrl));
  }
}

/** Episodes with a picture of so many bytes each; their ids. */
export async function pictured(sizes: Record<string, number>): Promise<EpisodeId[]> {
  const ids = Object.keys(sizes) as EpisodeId[];
  for (const id of ids) {
    files.set(`${HOST}/${id}.png`, { body: 'x'.repeat(sizes[id] ?? 0) });
  }
  const episodes = ids.map((id) => anEpisode({ id, imageUrl: `${HOST}/${id}.png` }));
  await putFeed(db, aPodcast(), episodes);
  return ids;
}

export const keep = (...artworkOf: (EpisodeId | PodcastId)[]) =>
  device.command(keepAhead, { artworkOf, companionsOf: [] });

/** Caches whose `put` is done in another way. */
export function putting(put: (cache: Cache, ...args: Parameters<Cache['put']>) => Promise<void>) {
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

export async function keptNames(): Promise<string[]> {
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
