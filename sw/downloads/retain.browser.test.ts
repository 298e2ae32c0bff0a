import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { holdPlaying, playingNow } from '../../core/messaging/playing.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import type { OwnRule } from '../../core/model/retention.ts';
import type { SettingsChange } from '../../core/model/settings.ts';
import { decideAutoDownloads } from '../../core/storage/auto-downloads.ts';
import { listDownloads } from '../../core/storage/downloads.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { changeSettings } from '../../core/storage/settings.ts';
import { listSubscriptions } from '../../core/storage/subscriptions.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { keepDownload, unkeepDownload } from '../requests/download-keep.ts';
import { savePlayback } from '../requests/playback-save.ts';
import { followPodcast } from '../requests/podcast-follow.ts';
import { saveSettings } from '../requests/settings-save.ts';
import { Device } from '../testing/device.ts';
import { reconcile } from './reconcile.ts';
import { retain } from './retain.ts';

const SIZE_BYTES = 300_000;

let device: Device;
let listening: AbortController;

beforeEach(async () => {
  listening = new AbortController();
  device = await Device.create({ sizeBytes: SIZE_BYTES });
});

afterEach(() => {
  listening.abort();
  expect(device.reports).toEqual([]);
});

/** Downloads these, one after the other. */
async function bring(...names: string[]): Promise<void> {
  const db = await device.worker.database();
  for (const name of names) {
    await putFeed(db, aPodcast(), [anEpisode({ id: name as EpisodeId, title: name })]);
    await device.request(name as EpisodeId);
    await device.advanceUntilIdle();
    device.now += 1_000;
  }
}

async function here(): Promise<string> {
  const rows = await listDownloads(await device.worker.database());
  return rows.map(({ episodeId }) => episodeId).join(' ');
}

const set = (change: SettingsChange) => device.command(saveSettings, { change });
const id = (name: string) => ({ episodeId: name as EpisodeId });

it('nothing goes until somebody has said so', async () => {
  await bring('a', 'b', 'c');
  await reconcile(device.worker);
  expect(await here()).toBe('a b c');
});

it('the rule holds from the moment it is saved, and its bytes are gone', async () => {
  await bring('a', 'b', 'c');
  await set({ keepNewest: 2 });
  expect(await here()).toBe('b c');
  expect(await listSegmentOwners(await device.worker.database())).toHaveLength(2);
});

it('what comes later makes the oldest go, after it is all here', async () => {
  await set({ keepNewest: 2 });
  await bring('a', 'b');
  expect(await here()).toBe('a b');
  await bring('c');
  expect(await here()).toBe('b c');
});

it('a limit for all holds after every commit', async () => {
  await bring('a', 'b');
  await changeSettings(await device.worker.database(), { capBytes: 2.5 * SIZE_BYTES });
  await bring('c');
  expect(await here()).toBe('b c');
});

it('a crash before it was carried out is made good at the next start', async () => {
  await bring('a', 'b', 'c');
  await changeSettings(await device.worker.database(), { keepNewest: 1 });
  device.startWorker();
  await reconcile(device.worker);
  expect(await here()).toBe('c');
});

it('a mark keeps it, until the mark is taken away', async () => {
  await bring('a', 'b', 'c');
  await device.command(keepDownload, id('a'));
  await set({ keepNewest: 1 });
  expect(await here()).toBe('a c');
  await device.command(unkeepDownload, id('a'));
  expect(await here()).toBe('a c');
  await reconcile(device.worker);
  expect(await here()).toBe('c');
});

it('what is in a player of any tab stays, for as long as that tab lives', async () => {
  await bring('a', 'b', 'c');
  const { href } = device.worker.baseUrl;
  holdPlaying(navigator.locks, href, 'a' as EpisodeId, listening.signal);
  // Of another app on this origin, under its own path.
  holdPlaying(navigator.locks, `${href}other/`, 'b' as EpisodeId, listening.signal);
  await vi.waitFor(async () => expect((await navigator.locks.query()).held).toHaveLength(2));
  await set({ keepNewest: 1 });
  expect(await here()).toBe('a c');
  listening.abort();
  await vi.waitFor(async () => expect((await navigator.locks.query()).held).toHaveLength(0));
  await reconcile(device.worker);
  expect(await here()).toBe('c');
});

it('what comes into a player, or is marked, after the plan was made stays', async () => {
  await bring('a', 'b', 'c', 'd');
  await changeSettings(await device.worker.database(), { keepNewest: 1 });
  const { locks, baseUrl } = device.worker;
  const { context: late } = lateTo(async () => {
    await device.command(keepDownload, id('a'));
    const name = `playing ${baseUrl.pathname} b`;
    await new Promise<void>((held) => {
      const hold = () =>
        new Promise<void>((resolve) => {
          listening.signal.addEventListener('abort', () => resolve());
          held();
        });
      void locks.request(name, { mode: 'shared' }, hold);
    });
  });
  await retain(late);
  await reconcile(device.worker);
  expect(await here()).toBe('a b d');
});

/** A worker to which something happens between its plan and the first deletion. */
function lateTo(happens: () => Promise<void>) {
  let isPlanned = false;
  const { locks } = device.worker;
  const request = async (name: string, ...rest: [LockOptions, LockGrantedCallback<unknown>]) => {
    if (!isPlanned) {
      isPlanned = true;
      await happens();
    }
    return locks.request(name, ...rest);
  };
  const context = {
    ...device.worker,
    locks: { request, query: () => locks.query() } as LockManager,
  };
  return { context };
}

it('what is half heard stays, what was heard may go', async () => {
  await bring('a', 'b', 'c');
  await device.command(savePlayback, { ...id('a'), positionS: 300 });
  await device.command(savePlayback, { ...id('b'), positionS: 0 });
  await set({ keepNewest: 1 });
  expect(await here()).toBe('a c');
});

describe('a podcast with a rule of its own', () => {
  const follow = (keepNewest: OwnRule | null) =>
    device.command(followPodcast, { podcastId: aPodcast().id, change: { keepNewest } });

  it('has it from the moment it is saved, and the bytes are gone', async () => {
    await bring('a', 'b', 'c');
    await follow(1);
    expect(await here()).toBe('c');
    expect(await listSegmentOwners(await device.worker.database())).toHaveLength(1);
  });

  it('keeps all of it, whatever the settings say, until it has none any more', async () => {
    await follow('all');
    await set({ keepNewest: 1 });
    await bring('a', 'b');
    expect(await here()).toBe('a b');
    await follow(null);
    expect(await here()).toBe('b');
  });

  it('holds for what comes later', async () => {
    await follow(2);
    await bring('a', 'b', 'c');
    expect(await here()).toBe('b c');
  });

  it('is kept through the next reading of its feed', async () => {
    await follow(1);
    const db = await device.worker.database();
    await decideAutoDownloads(db, aPodcast().id);
    const subscription = (await listSubscriptions(db)).get(aPodcast().id);
    expect(subscription).toMatchObject({ keepNewest: 1, announce: true });
  });

  it('lets nothing go that is in a player or marked to keep', async () => {
    await bring('a', 'b', 'c', 'd');
    await device.command(keepDownload, id('a'));
    holdPlaying(navigator.locks, device.worker.baseUrl.href, 'b' as EpisodeId, listening.signal);
    await vi.waitFor(async () =>
      expect((await playingNow(navigator.locks, device.worker.baseUrl.href)).size).toBe(1),
    );
    await follow(1);
    expect(await here()).toBe('a b d');
  });
});
