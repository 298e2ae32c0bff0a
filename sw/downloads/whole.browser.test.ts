import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import type { Device } from '../testing/device.ts';
import {
  brokenAfter,
  changed,
  endedAfter,
  honestly,
  stalledAfter,
  status,
} from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { storeSegment } from './store-segment.ts';
import { withoutRanges } from './testing/without-ranges.ts';

let device: Device;

beforeEach(async () => {
  device = await withoutRanges();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
  vi.useRealTimers();
});

/** Of the answers that broke nothing is left. */
async function expectNothingElse(): Promise<void> {
  const { attemptId } = (await downloadOf(device)) ?? {};
  expect(await listSegmentOwners(await device.worker.database())).toEqual([attemptId]);
}

describe('a host that does not answer ranges', () => {
  it('gives the episode by one request, cut into segments on the way', async () => {
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests.map(({ range }) => range)).toEqual(['bytes=0-', null]);
    expect((await attemptOf(device)).journal.length).toBeGreaterThan(1);
  });

  it.each([
    ['breaks', brokenAfter],
    ['ends early', endedAfter],
  ])(
    'is asked for everything again when its answer %s, and nothing of it stays',
    async (_name, after) => {
      device.host.next(honestly, after(400_000));
      const { againInMs } = await advance(device.worker);
      expect(againInMs).toBeGreaterThanOrEqual(1000);
      expect(await listSegmentOwners(await device.worker.database())).toEqual([]);
      await device.advanceUntilIdle();
      await expectTheEpisode(device);
    },
  );

  it('is given up after ten answers in a row that broke', async () => {
    device.host.next(honestly);
    device.host.usually = (request, host) =>
      request.headers.has('range') ? honestly(request, host) : brokenAfter(400_000)(request, host);
    await device.advanceUntilIdle();
    expect((await downloadOf(device))?.state.kind).toBe('failed');
    expect(device.host.requests.filter(({ range }) => range === null)).toHaveLength(11);
  });

  it('is ended where it brings more than there is: it may have no end', async () => {
    device.host.next(honestly, changed({ sizeBytes: 2_000_000 }));
    await device.advanceUntilIdle();
    expect(device.host.requests[1]).toMatchObject({ range: null, cancelled: true });
    expect(device.host.requests[1]?.bytesSent).toBeLessThan(700_000);
    await expectTheEpisode(device);
    await expectNothingElse();
  });

  it('is not joined from two versions: one request is of one version', async () => {
    device.host.next(honestly, brokenAfter(400_000), changed());
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    await expectNothingElse();
  });

  it('is given up when its answer brings nothing for 30 seconds, and asked again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    device.host.next(honestly, stalledAfter(400_000));
    const { progress } = device.worker;
    const stalled = new Promise<void>((resolve) => {
      progress.onChange = () => {
        if (progress.snapshot()[0]?.receivedBytes === 400_000) resolve();
      };
    });
    const step = advance(device.worker);
    await stalled;
    await vi.advanceTimersByTimeAsync(30_000);
    await step;
    expect(device.host.requests[1]?.cancelled).toBe(true);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'retry' });
    vi.useRealTimers();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('is asked for everything again after the worker died, and no part of its answer stays', async () => {
    device.host.next(honestly, stalledAfter(400_000));
    void advance(device.worker);
    await vi.waitFor(async () => expect((await attemptOf(device)).journal).not.toEqual([]));
    device.startWorker();
    device.host.change();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    await expectNothingElse();
  });

  it.each([
    [404, { kind: 'failed', failure: { code: 'enclosure-not-found', status: 404 } }],
    [503, { kind: 'paused', reason: 'retry' }],
  ] as const)('may say no: %d', async (code, state) => {
    device.host.next(honestly, status(code));
    await advance(device.worker);
    expect((await downloadOf(device))?.state).toEqual(state);
  });

  it('waits for the network when that is gone', async () => {
    device.host.next(honestly, (request, host) => {
      device.isOnline = false;
      return brokenAfter(0)(request, host);
    });
    await advance(device.worker);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'network' });
    device.isOnline = true;
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('goes on behind a step that is over, and the next step waits for it', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const worker = device.startWorker(({ fetch }) => ({
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (!new Request(input, init).headers.has('range')) await held;
        return response;
      },
    }));
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    const first = await advance(worker);
    timeout.mockRestore();
    expect(first).toEqual({ againInMs: 250, claimable: false });
    const second = advance(worker);
    release();
    await second;
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});

describe('a whole request of a worker on its own', () => {
  it('is not begun a second time by a page that opens after its lease', async () => {
    device = await withoutRanges({ background: true });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    device.startWorker(({ fetch }) => ({
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (!new Request(input, init).headers.has('range')) await held;
        return response;
      },
    }));
    const step = advance(device.worker, { alone: true });
    await vi.waitFor(() => expect(device.host.requests).toHaveLength(2));
    device.now += 60_001;
    expect(await device.startBackgroundFetches()).toEqual([]);
    release();
    await step;
    await expectTheEpisode(device);
    expect(device.host.requests.map(({ range }) => range)).toEqual(['bytes=0-', null]);
  });
});

describe('a whole Background Fetch', () => {
  it('whose bytes find those of another request begins anew, and says that it failed', async () => {
    device = await withoutRanges({ background: true });
    await device.startBackgroundFetches();
    const attempt = await attemptOf(device);
    await storeSegment(device.worker, attempt, {
      offsetBytes: 0,
      overlapBytes: 0,
      bytes: device.host.content.slice(0, 262_144),
      etag: undefined,
    });
    const [registration] = device.backgroundFetch?.started ?? [];
    await registration?.deliver();
    await registration?.end();
    expect(await downloadOf(device)).toMatchObject({ retries: 1, attemptId: undefined });
    expect(await listSegmentOwners(await device.worker.database())).toEqual([]);
  });
});
