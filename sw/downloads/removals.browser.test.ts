import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import { getDownload, listDownloads } from '../../core/storage/downloads.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import type { WorkerContext } from '../context.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { startDownload } from '../requests/download-start.ts';
import { removeDownloads } from '../requests/downloads-remove.ts';
import { restoreDownloads } from '../requests/downloads-restore.ts';
import { Device, episodeId } from '../testing/device.ts';
import { FullDisk } from '../testing/full-disk.ts';
import { downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { reconcile } from './reconcile.ts';

const other = 'other' as EpisodeId;
const both = { episodeIds: [episodeId, other] };
const UNDO_MS = 20_000;

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000 });
  await putFeed(await device.worker.database(), aPodcast(), [anEpisode({ id: other })]);
  await device.request();
  await device.request(other);
  await device.advanceUntilIdle();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

async function expectNothingStored(): Promise<void> {
  const db = await device.worker.database();
  expect(await listDownloads(db)).toEqual([]);
  expect(await listSegmentOwners(db)).toEqual([]);
}

describe('deleting several', () => {
  it('takes nothing away until the undo is over, and then everything', async () => {
    await device.command(removeDownloads, both);
    expect(device.broadcasts.at(-1)).toMatchObject({ episodeIds: [episodeId, other] });
    expect(await advance(device.worker)).toMatchObject({ againInMs: UNDO_MS });
    await expectTheEpisode(device);
    device.now += UNDO_MS;
    await device.advanceUntilIdle();
    await expectNothingStored();
  });

  it('is undone whole, without asking the host for a byte', async () => {
    const before = await downloadOf(device);
    const requests = device.host.requests.length;
    await device.command(removeDownloads, both);
    device.now += UNDO_MS - 1;
    await advance(device.worker);
    await device.command(restoreDownloads, both);
    device.now += UNDO_MS;
    device.startWorker();
    await reconcile(device.worker);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(await downloadOf(device)).toEqual(before);
    expect(device.host.requests).toHaveLength(requests);
  });

  it('happens although the page and the worker are gone: at the next start', async () => {
    await device.command(removeDownloads, both);
    device.now += UNDO_MS;
    device.startWorker();
    await reconcile(device.worker);
    await expectNothingStored();
  });

  it('can be undone after the worker has died in between', async () => {
    await device.command(removeDownloads, both);
    device.startWorker();
    await reconcile(device.worker);
    await device.command(restoreDownloads, both);
    device.now += UNDO_MS;
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('undone too late, revives nothing', async () => {
    await device.command(removeDownloads, both);
    device.now += UNDO_MS;
    await advance(device.worker);
    await device.command(restoreDownloads, both);
    await device.advanceUntilIdle();
    await expectNothingStored();
  });

  it('is undone, too, by asking for the episode again', async () => {
    const requests = device.host.requests.length;
    await device.command(removeDownloads, both);
    await device.command(startDownload, { episodeId });
    device.now += UNDO_MS;
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(await getDownload(await device.worker.database(), other)).toBeUndefined();
    expect(device.host.requests).toHaveLength(requests);
  });

  describe('on a disk on which not even a row fits', () => {
    beforeEach(() => caches.delete('stowaway-reserve:/'));

    function fillDisk(): void {
      const disk = new FullDisk();
      disk.roomForSegments = 0;
      device.startWorker((context) => disk.between(context));
    }

    it('happens at once', async () => {
      fillDisk();
      await device.command(removeDownloads, both);
      await expectNothingStored();
      expect(device.broadcasts.at(-1)).toMatchObject({ episodeIds: [episodeId, other] });
    });

    it.each([
      ['step', (worker: WorkerContext) => advance(worker)],
      ['start', (worker: WorkerContext) => reconcile(worker)],
    ])('happens at the next %s after the undo', async (_name, work) => {
      await device.command(removeDownloads, both);
      device.now += UNDO_MS;
      fillDisk();
      await work(device.worker);
      await expectNothingStored();
    });
  });

  it('does not wait where one of them is deleted for good meanwhile', async () => {
    await device.command(removeDownloads, both);
    await device.command(deleteDownload, { episodeId });
    expect(await downloadOf(device)).toBeUndefined();
    await device.command(restoreDownloads, both);
    expect((await getDownload(await device.worker.database(), other))?.removal).toBeUndefined();
  });

  it.each([-1e12, 1e12])('is not put off by a clock that jumps by %d ms', async (jumpMs) => {
    await device.command(removeDownloads, both);
    device.now += jumpMs;
    await device.advanceUntilIdle();
    await expectNothingStored();
  });
});
