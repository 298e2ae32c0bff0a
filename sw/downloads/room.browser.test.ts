import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import { getDownload } from '../../core/storage/downloads.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { resumeDownload } from '../requests/download-resume.ts';
import { Device, episodeId } from '../testing/device.ts';
import { brokenAfter, honestly } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { claimNext } from './background-fetch.ts';
import { reconcile } from './reconcile.ts';

/* What is known before the first byte: how much is needed, and how much is free. */

const SIZE_BYTES = 600_000;
const other = 'other' as EpisodeId;

let device: Device;

async function given(options: { background?: boolean } = {}): Promise<void> {
  device = await Device.create({ sizeBytes: SIZE_BYTES, ...options });
  await putFeed(await device.worker.database(), aPodcast(), [anEpisode({ id: other })]);
}

afterEach(() => {
  expect(device.reports).toEqual([]);
});

const forSpace = (neededBytes: number, freeBytes: number) => ({
  state: { kind: 'paused', reason: 'space' },
  shortage: { neededBytes, freeBytes },
});

describe('the foreground engine', () => {
  beforeEach(() => given());

  it('does not begin what does not fit, and says how much is needed and free', async () => {
    device.freeBytes = SIZE_BYTES - 1;
    await device.request();
    await device.advanceUntilIdle();
    expect(await downloadOf(device)).toMatchObject({
      ...forSpace(SIZE_BYTES, SIZE_BYTES - 1),
      retries: 0,
    });
    expect((await attemptOf(device)).journal).toEqual([]);
    // The probe alone, which tells the length.
    expect(device.host.requests).toHaveLength(1);
  });

  it('begins what just fits', async () => {
    device.freeBytes = SIZE_BYTES;
    await device.request();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('needs room for the rest alone', async () => {
    device.host.next(honestly, honestly, brokenAfter(100_000));
    await device.request();
    await advance(device.worker);
    const { journal } = await attemptOf(device);
    expect(journal.length).toBeGreaterThan(0);
    device.freeBytes = SIZE_BYTES - journal.reduce((sum, entry) => sum + entry.lengthBytes, 0);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('where nobody says how much is free, begins and finds out', async () => {
    device.freeBytes = undefined;
    await device.request();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('goes on by itself when space is made, and touches nobody else meanwhile', async () => {
    await device.request(other);
    await device.advanceUntilIdle();
    device.freeBytes = 0;
    await device.request();
    await device.advanceUntilIdle();
    const db = await device.worker.database();
    expect((await getDownload(db, other))?.state).toEqual({ kind: 'committed' });
    device.freeBytes = SIZE_BYTES;
    await device.command(deleteDownload, { episodeId: other });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('looks again at the next start, and when the user says Resume', async () => {
    device.freeBytes = 5;
    await device.request();
    await device.advanceUntilIdle();
    device.freeBytes = 7;
    await reconcile(device.worker);
    await device.advanceUntilIdle();
    expect(await downloadOf(device)).toMatchObject(forSpace(SIZE_BYTES, 7));
    device.freeBytes = SIZE_BYTES;
    await device.command(resumeDownload, { episodeId });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});

describe('Background Fetch', () => {
  beforeEach(() => given({ background: true }));

  it('needs room for two copies', async () => {
    device.freeBytes = 2 * SIZE_BYTES - 1;
    await device.request();
    expect(await claimNext(device.worker, 'page')).toBeNull();
    expect(await downloadOf(device)).toMatchObject(forSpace(2 * SIZE_BYTES, 2 * SIZE_BYTES - 1));
    device.freeBytes = 2 * SIZE_BYTES;
    await device.command(resumeDownload, { episodeId });
    expect(await claimNext(device.worker, 'page')).not.toBeNull();
  });

  it('does not promise the same room twice; the second goes on when the first is here', async () => {
    device.freeBytes = 3 * SIZE_BYTES;
    await device.request();
    await device.request(other);
    await device.startBackgroundFetches();
    const db = await device.worker.database();
    expect(await getDownload(db, other)).toMatchObject(forSpace(2 * SIZE_BYTES, SIZE_BYTES));
    const [first] = device.backgroundFetch?.started ?? [];
    await first?.deliver();
    await first?.end();
    await expectTheEpisode(device);
    expect((await getDownload(db, other))?.state).toEqual({ kind: 'queued' });
    expect(await device.startBackgroundFetches()).toHaveLength(1);
  });
});
