import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import type { Database } from '../../core/storage/database.ts';
import { listDownloads, transition } from '../../core/storage/downloads.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { Device, episodeId } from '../testing/device.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

/*
 * A disk that is full says so when a segment is stored. That is the business of the download at
 * hand, and of nobody else (I11).
 */

const other = 'other' as EpisodeId;

let device: Device;
/** How many segments there is room for. */
let room: number;

beforeEach(() => {
  room = Number.POSITIVE_INFINITY;
});

afterEach(() => {
  expect(device.reports).toEqual([]);
  vi.restoreAllMocks();
});

/** The episode is asked for, another one is paused, and the disk has room for so many segments. */
async function withRoomFor(segments: number, options: { background?: boolean } = {}) {
  device = await Device.create({ sizeBytes: 600_000, ...options });
  const db = await device.worker.database();
  await putFeed(db, aPodcast(), [anEpisode({ id: other })]);
  await device.request(other);
  await transition(db, other, { type: 'paused' });
  await device.request();
  device.startWorker(({ database }) => ({ database: async () => limited(await database()) }));
  room = segments;
}

function limited(db: Database): Database {
  return new Proxy(db, {
    get(target, property) {
      const value = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (property === 'transaction' && String(args[0]).includes('segments')) {
          if (room === 0) throw new DOMException('The disk is full', 'QuotaExceededError');
          room -= 1;
        }
        return Reflect.apply(value, target, args);
      };
    },
  });
}

async function expectToWaitForRoom(): Promise<void> {
  const waiting = { kind: 'paused', reason: 'space' };
  expect((await downloadOf(device))?.state).toEqual(waiting);
  expect(await advance(device.worker)).toMatchObject({ againInMs: null });
  expect((await downloadOf(device))?.state).toEqual(waiting);
  const [bystander] = await listDownloads(await device.worker.database());
  expect(bystander).toMatchObject({ episodeId: other, state: { kind: 'paused', reason: 'user' } });
}

/** The user deletes another episode. */
async function makeRoom(): Promise<void> {
  room = Number.POSITIVE_INFINITY;
  await device.command(deleteDownload, { episodeId: other });
}

describe('a disk that is full', () => {
  it.each([0, 1, 2])(
    'after %d segments keeps them, and goes on when there is room',
    async (segments) => {
      await withRoomFor(segments);
      await device.advanceUntilIdle();
      expect((await attemptOf(device)).journal).toHaveLength(segments);
      await expectToWaitForRoom();
      await makeRoom();
      const before = device.host.requests.length;
      await device.advanceUntilIdle();
      await expectTheEpisode(device);
      expect(device.host.requests.length - before).toBe(3 - segments);
    },
  );

  it('in the middle of a whole request begins that anew when there is room', async () => {
    await withRoomFor(1);
    device.host.answersRanges = false;
    await device.advanceUntilIdle();
    await expectToWaitForRoom();
    await makeRoom();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('stops the browser’s fetch, and keeps what was stored', async () => {
    await withRoomFor(1, { background: true });
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
    await device.startBackgroundFetches();
    const [registration] = device.backgroundFetch?.started ?? [];
    await registration?.deliver(2);
    await advance(device.worker);
    await device.backgroundFetch?.settled();
    expect(registration?.failureReason).toBe('aborted');
    expect((await attemptOf(device)).journal).toHaveLength(1);
    await expectToWaitForRoom();
    await makeRoom();
    await device.startBackgroundFetches();
    const again = device.backgroundFetch?.started[1];
    expect(again?.requests).toHaveLength(2);
    await again?.deliver();
    await again?.end();
    await expectTheEpisode(device);
  });

  it('in the settle event keeps what was stored', async () => {
    await withRoomFor(2, { background: true });
    await device.startBackgroundFetches();
    const [registration] = device.backgroundFetch?.started ?? [];
    await registration?.deliver();
    await registration?.end();
    expect((await attemptOf(device)).journal).toHaveLength(2);
    await expectToWaitForRoom();
  });

  it('lets the user ask again without deleting anything', async () => {
    await withRoomFor(1);
    await device.advanceUntilIdle();
    room = Number.POSITIVE_INFINITY;
    await device.request(episodeId);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});
