import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pauseDownload } from '../requests/download-pause.ts';
import { Device, episodeId } from '../testing/device.ts';
import { FullDisk } from '../testing/full-disk.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { keepReserve } from './reserve.ts';

/*
 * A disk so full that not even a row fits: what is shown must be true all the same.
 */

const RESERVE = 'stowaway-reserve:/';
const forSpace = { kind: 'paused', reason: 'space' };

let device: Device;
let disk: FullDisk;

async function given(options: { background?: boolean } = {}): Promise<void> {
  await caches.delete(RESERVE);
  device = await Device.create({ sizeBytes: 600_000, ...options });
  await device.request();
  disk = new FullDisk();
  device.startWorker((context) => disk.between(context));
}

const pieces = async () => (await (await caches.open(RESERVE)).keys()).length;

async function makeRoom(): Promise<void> {
  disk.roomForSegments = Number.POSITIVE_INFINITY;
  await device.request();
}

beforeEach(() => given());

afterEach(async () => {
  expect(device.reports).toEqual([]);
  vi.restoreAllMocks();
  await caches.delete(RESERVE);
});

describe('a disk on which not even a row fits', () => {
  it.each([0, 1, 2])(
    'says so on the row after %d segments, keeps them, and goes on when there is room',
    async (segments) => {
      await keepReserve(device.worker);
      disk.roomForSegments = segments;
      await advance(device.worker);
      expect((await downloadOf(device))?.state).toEqual(forSpace);
      const { journal, lease } = await attemptOf(device);
      expect({ stored: journal.length, lease }).toEqual({ stored: segments, lease: undefined });
      expect(await pieces()).toBeLessThan(8);
      await makeRoom();
      await device.advanceUntilIdle();
      await expectTheEpisode(device);
      expect(await pieces()).toBe(8);
    },
  );

  it('says so in the settle event of a Background Fetch', async () => {
    await given({ background: true });
    await device.startBackgroundFetches();
    const [registration] = device.backgroundFetch?.started ?? [];
    await registration?.deliver();
    disk.roomForSegments = 1;
    await registration?.end();
    expect((await downloadOf(device))?.state).toEqual(forSpace);
    expect((await attemptOf(device)).lease).toBeUndefined();
  });

  it('says so at a look at a running Background Fetch, and ends it', async () => {
    await given({ background: true });
    await device.startBackgroundFetches();
    const [registration] = device.backgroundFetch?.started ?? [];
    await registration?.deliver(2);
    disk.roomForSegments = 0;
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
    await advance(device.worker);
    await device.backgroundFetch?.settled();
    expect(registration?.failureReason).toBe('aborted');
    expect((await downloadOf(device))?.state).toEqual(forSpace);
  });

  it('still takes the row that says it is here, when all its bytes are', async () => {
    disk.roomForSegments = 3;
    await device.advanceUntilIdle();
    expect(await pieces()).toBeLessThan(8);
    await expectTheEpisode(device);
  });

  it('takes a pause by the user', async () => {
    await keepReserve(device.worker);
    disk.roomForSegments = 0;
    await device.command(pauseDownload, { episodeId });
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
  });
});

describe('the reserve', () => {
  it('is there before a byte is asked for, and is not made twice', async () => {
    await advance(device.worker);
    await keepReserve(device.worker);
    expect(await pieces()).toBe(8);
  });

  it('that finds no room lets nothing begin', async () => {
    const { caches: full } = disk.between(device.worker);
    device.startWorker(() => ({ ...(full && { caches: full }) }));
    disk.roomForSegments = 0;
    await device.advanceUntilIdle();
    expect((await downloadOf(device))?.state).toEqual(forSpace);
    const ranges = device.host.requests.map(({ range }) => range);
    expect(ranges).toEqual(['bytes=0-']);
  });

  it('that cannot be had for another reason holds nothing up', async () => {
    const broken = { open: async () => Promise.reject(new DOMException('', 'SecurityError')) };
    device.startWorker(() => ({ caches: broken as unknown as CacheStorage }));
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});
