import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import type { Database } from '../../core/storage/database.ts';
import { listKeptFiles } from '../../core/storage/kept-files.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { aDownload, anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { reconcileDownloads } from '../requests/downloads-reconcile.ts';
import { type HostedFile, serving } from '../testing/companion-host.ts';
import { Device, episodeId } from '../testing/device.ts';
import { MortalWorker } from '../testing/mortal-worker.ts';
import { honestly } from '../testing/podcast-host.ts';
import { artworkCache, companionCache } from './cache-names.ts';
import { keepMissingCompanions } from './missing-companions.ts';

const HOST = 'https://podcast.example';

let device: Device;
let db: Database;
const files = new Map<string, HostedFile>();

function companionsOf(id: string) {
  return {
    imageUrl: `${HOST}/${id}.png`,
    chaptersUrl: `${HOST}/${id}.json`,
    transcripts: [{ url: `${HOST}/${id}.vtt`, type: 'text/vtt' }],
  };
}

function host(id: string): void {
  files.set(`${HOST}/${id}.png`, { body: 'picture' });
  files.set(`${HOST}/${id}.json`, { type: 'application/json', body: '{"chapters":[]}' });
  files.set(`${HOST}/${id}.vtt`, { type: 'text/vtt', body: 'WEBVTT' });
}

beforeEach(async () => {
  files.clear();
  device = await Device.create({ sizeBytes: 300_000, episode: companionsOf(episodeId) });
  db = await device.worker.database();
  const companion = serving(files);
  device.host.usually = (request, it) =>
    request.url.endsWith('.mp3') ? honestly(request, it) : companion(request, it);
  for (const name of [artworkCache, companionCache]) {
    await caches.delete(name(device.worker.baseUrl));
  }
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

const kept = async () => (await listKeptFiles(db)).map(({ address }) => address).sort();
const openPage = () => device.command(reconcileDownloads, {});
const all = (id: string) => ['json', 'png', 'vtt'].map((kind) => `${HOST}/${id}.${kind}`);

it('comes along after all where the worker died right behind the commit', async () => {
  host(episodeId);
  await device.request();
  for (let operation = 1; (await kept()).length === 0; operation += 1) {
    const mortal = new MortalWorker(operation, 'dies');
    device.startWorker((context) => mortal.wrap(context));
    const end = await Promise.race([device.advanceUntilIdle().catch(() => 'idle'), mortal.struck]);
    device.startWorker();
    const row = await db.get('downloads', episodeId);
    if (row?.state.kind !== 'committed') continue;
    // Here it is committed, and nothing of what it comes with is kept.
    expect(end).toBeDefined();
    await openPage();
  }
  expect(await kept()).toEqual(all(episodeId));
  // Of the workers that were dying.
  device.reports.length = 0;
});

it('asks for nothing where everything is here', async () => {
  host(episodeId);
  await device.request();
  await device.advanceUntilIdle();
  await device.worker.running.allSettled('companions:');
  device.host.requests.length = 0;
  await openPage();
  expect(device.host.requests).toEqual([]);
  expect(await kept()).toEqual(all(episodeId));
});

it('brings only what is missing', async () => {
  host(episodeId);
  files.delete(`${HOST}/${episodeId}.vtt`);
  await device.request();
  await device.advanceUntilIdle();
  await device.worker.running.allSettled('companions:');
  host(episodeId);
  device.host.requests.length = 0;
  await openPage();
  expect(device.host.requests.map(({ url }) => url)).toEqual([`${HOST}/${episodeId}.vtt`]);
  expect(await kept()).toEqual(all(episodeId));
});

it('leaves episodes alone that are not downloaded, and everything without a connection', async () => {
  host(episodeId);
  await db.put('downloads', aDownload({ state: { kind: 'failed', failure: { code: 'offline' } } }));
  await openPage();
  await db.put('downloads', aDownload({ state: { kind: 'committed' } }));
  device.isOnline = false;
  await keepMissingCompanions(device.worker);
  expect(device.host.requests).toEqual([]);
});

it('tries a few each time, and comes to all of them though some cannot be had', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `e${index}` as EpisodeId);
  await putFeed(
    db,
    aPodcast(),
    ids.map((id) => anEpisode({ id, ...companionsOf(id) })),
  );
  for (const [position, id] of ids.entries()) {
    await db.put('downloads', aDownload({ episodeId: id, position, state: { kind: 'committed' } }));
    // Half of them are gone for good.
    if (position % 2 === 0) host(id);
  }
  await keepMissingCompanions(device.worker);
  expect(new Set(device.host.requests.map(({ url }) => url.replace(/\.\w+$/, ''))).size).toBe(5);
  for (let pages = 0; pages < 20; pages += 1) await keepMissingCompanions(device.worker);
  expect(await kept()).toEqual(
    ids
      .filter((_, at) => at % 2 === 0)
      .flatMap(all)
      .sort(),
  );
});

it('spares the data of a mobile network', async () => {
  host(episodeId);
  await db.put('downloads', aDownload({ state: { kind: 'committed' } }));
  device.sparesData = true;
  await keepMissingCompanions(device.worker);
  expect(device.host.requests).toEqual([]);
  device.sparesData = false;
  await keepMissingCompanions(device.worker);
  expect(await kept()).toEqual(all(episodeId));
});

it('ends with its budget', async () => {
  host(episodeId);
  await db.put('downloads', aDownload({ state: { kind: 'committed' } }));
  await keepMissingCompanions(device.worker, AbortSignal.abort());
  expect(device.host.requests).toEqual([]);
});
