import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetMissingBytes } from '../../core/storage/attempts.ts';
import { Device, episodeId } from '../testing/device.ts';
import {
  brokenAfter,
  endedAfter,
  honestly,
  stalledAfter,
  unreachable,
} from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

/** 600,000 bytes are three segments: two of 256 KiB and the rest. */
const SEGMENT_BYTES = 256 * 1024;

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000 });
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
  vi.useRealTimers();
});

describe('the foreground engine', () => {
  it('looks at the first bytes, then brings one range after the other', async () => {
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests.map(({ range }) => range)).toEqual([
      'bytes=0-',
      'bytes=0-262143',
      // Each of them reaches back by 1 KiB: proof that it belongs to what is there.
      'bytes=261120-524287',
      'bytes=523264-',
    ]);
    expect(device.host.requests[0]).toMatchObject({ cancelled: true });
  });

  it('asks for the next range while one is being stored, and for no more than that', async () => {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    // What keeps commits waiting: a new version that takes over.
    void device.worker.locks.request('no-take-over-during-commit /', () => held);
    const step = device.advanceUntilIdle();
    await vi.waitFor(() => expect(device.host.requests[2]?.bytesSent).toBe(SEGMENT_BYTES + 1024));
    expect((await attemptOf(device)).journal).toEqual([]);
    expect(device.host.requests).toHaveLength(3);
    goOn();
    await step;
    await expectTheEpisode(device);
    expect(device.host.requests).toHaveLength(4);
  });

  it('fills what is missing before and behind what is stored', async () => {
    device.host.exposesHeaders = true;
    device.host.next(honestly, honestly, honestly, brokenAfter(0));
    await advance(device.worker);
    const { id, journal } = await attemptOf(device);
    expect(journal).toHaveLength(2);
    const db = await device.worker.database();
    await db.delete('segments', [id, 0]);
    await forgetMissingBytes(db, id);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await downloadOf(device))?.restarts).toBe(0);
    const ranges = device.host.requests.slice(-2).map(({ range }) => range);
    expect(ranges).toEqual(['bytes=0-262143', 'bytes=523264-']);
  });

  it.each([
    ['shows its ETag', { exposesHeaders: true }],
    ['has no ETag', { etag: undefined }],
    ['has a weak ETag', { etag: 'W/"1"', exposesHeaders: true }],
  ])('needs no more than that where the host %s', async (_name, facts) => {
    Object.assign(device.host, facts);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests).toHaveLength(4);
  });

  it('tells the pages when it begins, and when it is done', async () => {
    await device.advanceUntilIdle();
    expect(device.broadcasts).toContainEqual({
      type: 'downloads/changed',
      episodeIds: [episodeId],
    });
    expect(device.broadcasts.at(-1)).toEqual({ type: 'download/finished', episodeId });
  });

  it('shows how far it is, and nothing any more when it is done', async () => {
    const shown: number[] = [];
    device.worker.progress.onChange = () => {
      const [entry] = device.worker.progress.snapshot();
      if (entry) shown.push(entry.receivedBytes);
    };
    await device.advanceUntilIdle();
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(shown.at(-1)).toBe(600_000);
    expect(device.worker.progress.snapshot()).toEqual([]);
  });

  it('shares one step between all pages that ask for one', async () => {
    const steps = await Promise.all([advance(device.worker), advance(device.worker)]);
    expect(steps).toEqual([
      { againInMs: null, claimable: false },
      { againInMs: null, claimable: false },
    ]);
    expect(device.host.requests).toHaveLength(4);
  });
});

describe('a connection that breaks', () => {
  it.each([
    ['with an error', brokenAfter],
    ['as if that were all', endedAfter],
  ])('%s: goes on from the last byte that came', async (_name, afterBytes) => {
    device.host.next(brokenAfter(5000), afterBytes(100_000));
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests[2]?.range).toBe(`bytes=98976-${100_000 + SEGMENT_BYTES - 1}`);
    const wasted = device.host.bytesSent - 600_000;
    expect(wasted).toBeLessThan(SEGMENT_BYTES);
  });

  it('again and again, after every 50,000 bytes, costs no more than what overlaps', async () => {
    device.host.usually = brokenAfter(50_000);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    const requests = device.host.requests.length;
    expect(device.host.bytesSent).toBeLessThanOrEqual(600_000 + 50_000 + requests * 1024);
    expect((await downloadOf(device))?.restarts).toBe(0);
  });

  it.each([
    ['three bytes', [3]],
    ['less than a part is proven by, again and again', [300, 800, 1200, 1500, 1500]],
  ])('after %s harms nothing', async (_name, bytes) => {
    device.host.next(honestly, ...bytes.map(brokenAfter));
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await downloadOf(device))?.restarts).toBe(0);
  });

  it('is given up when it brings nothing for 10 seconds, and what came is kept', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    device.host.next(brokenAfter(5000), stalledAfter(100_000));
    const { progress } = device.worker;
    const stalled = new Promise<void>((resolve) => {
      progress.onChange = () => {
        if (progress.snapshot()[0]?.receivedBytes === 100_000) resolve();
      };
    });
    const step = advance(device.worker);
    await stalled;
    await vi.advanceTimersByTimeAsync(9_999);
    expect(device.host.requests[1]?.cancelled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await step;
    expect(device.host.requests[1]?.cancelled).toBe(true);
    expect((await attemptOf(device)).journal).toMatchObject([{ lengthBytes: 100_000 }]);
  });

  it('waits longer after each failure in a row, with jitter, and gives up after fifteen', async () => {
    device.host.next(honestly);
    device.host.usually = brokenAfter(0);
    const waits: number[] = [];
    for (;;) {
      const { againInMs } = await advance(device.worker);
      if (againInMs === null) break;
      waits.push(againInMs);
      device.now += againInMs;
    }
    expect(waits).toHaveLength(15);
    for (const [turn, waitMs] of waits.entries()) {
      const ceilingMs = Math.min(2000 * 2 ** turn, 3600_000);
      expect(waitMs).toBeGreaterThanOrEqual(ceilingMs / 2);
      expect(waitMs).toBeLessThanOrEqual(ceilingMs);
    }
    const failure = { code: 'enclosure-unreachable' };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
  });

  it('counts failures in a row: bytes begin the count anew', async () => {
    device.host.next(honestly);
    for (let turn = 0; turn < 8; turn += 1) {
      device.host.next(...Array(3).fill(brokenAfter(0)), brokenAfter(30_000));
    }
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it.each([
    ['before its headers', unreachable],
    ['before its first byte', brokenAfter(0)],
    ['after its first bytes', brokenAfter(100)],
  ])('at the very first look, %s, is worth another look', async (_name, answer) => {
    device.host.next(answer);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('because the device is offline waits for the network, and counts as no failure', async () => {
    device.isOnline = false;
    for (let step = 0; step < 20; step += 1) {
      expect(await advance(device.worker)).toMatchObject({ againInMs: null });
    }
    const row = await downloadOf(device);
    expect(row).toMatchObject({ state: { kind: 'paused', reason: 'network' }, retries: 0 });
    device.isOnline = true;
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});
