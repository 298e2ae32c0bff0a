import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import type { Database } from '../../core/storage/database.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { onPeriodicSync } from '../events/periodic-sync.ts';
import { advanceDownloads } from '../requests/downloads-advance.ts';
import { reconcileDownloads } from '../requests/downloads-reconcile.ts';
import { Device, episodeId } from '../testing/device.ts';
import { status } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { scrub } from './scrub.ts';

const never = new AbortController().signal;

let device: Device;
let db: Database;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000 });
  db = await device.worker.database();
  await device.request();
  await device.advanceUntilIdle();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

/** Flips one bit of the second segment. */
async function harm() {
  const { id } = await attemptOf(device);
  const stored = await db.get('segments', [id, 262_144]);
  const bytes = new Uint8Array((await stored?.blob.arrayBuffer()) ?? new ArrayBuffer());
  bytes[7] = (bytes[7] ?? 0) ^ 1;
  await db.put('segments', { attemptId: id, offsetBytes: 262_144, blob: new Blob([bytes]) });
}

const state = async () => (await downloadOf(device))?.state.kind;

describe('the steps of the slow check', () => {
  const step = () => device.command(advanceDownloads, {});

  function look(visibilityState: DocumentVisibilityState): void {
    const window = { url: 'https://app.example/', visibilityState };
    device.startWorker(() => ({
      clients: { matchAll: async () => [window] } as unknown as Clients,
    }));
  }

  it('are taken while a page is looked at and nothing else is to do', async () => {
    await harm();
    look('hidden');
    expect((await step()).againInMs).toBeNull();
    await expect(expectTheEpisode(device)).rejects.toThrow();
    look('visible');
    expect((await step()).againInMs).toBe(30_000);
    await expectTheEpisode(device);
    expect((await step()).againInMs).toBeNull();
  });

  it('wait for downloads', async () => {
    const other = 'other' as EpisodeId;
    await putFeed(db, aPodcast(), [anEpisode({ id: episodeId }), anEpisode({ id: other })]);
    await harm();
    look('visible');
    device.host.next(status(503));
    await device.request(other);
    device.now += 1;
    expect((await step()).againInMs).toBeGreaterThan(1_000);
    await device.request(other);
    expect(await state()).toBe('committed');
  });

  it('come back to what could not be repaired, though the pass is through', async () => {
    await harm();
    look('visible');
    device.isOnline = false;
    await step();
    expect(await state()).toBe('evicted');
    await device.command(advanceDownloads, {});
    device.isOnline = true;
    await step();
    await expectTheEpisode(device);
  });

  it('begin anew with each page that is opened', async () => {
    await scrub(device.worker, never);
    await harm();
    look('visible');
    await step();
    expect(await state()).toBe('committed');
    await expect(expectTheEpisode(device)).rejects.toThrow();
    await device.command(reconcileDownloads, {});
    await step();
    await expectTheEpisode(device);
  });

  it('are taken when the browser wakes the worker and nothing else is to do', async () => {
    await db.put('podcasts', aPodcast({ refreshedAt: device.now }));
    await harm();
    const event = { tag: 'refresh' } as PeriodicSyncEvent;
    await onPeriodicSync(event, device.worker);
    await expectTheEpisode(device);
  });
});
