import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import { getDownload } from '../../core/storage/downloads.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { reorderDownload } from '../requests/download-move.ts';
import { Device, episodeId } from '../testing/device.ts';
import type { FakeRegistration } from '../testing/fake-background-fetch.ts';
import { honestly, status } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

/** 600,000 bytes are three requests. */
const OFFSETS = [0, 262_144, 524_288];

let device: Device;
let registration: FakeRegistration;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000, background: true });
  await device.request();
  await device.startBackgroundFetches();
  const [started] = device.backgroundFetch?.started ?? [];
  if (!started) throw new Error('nothing was started');
  registration = started;
});

afterEach(() => {
  expect(device.reports).toEqual([]);
  vi.restoreAllMocks();
});

async function storedOffsets(): Promise<number[]> {
  return (await attemptOf(device)).journal.map(({ offsetBytes }) => offsetBytes);
}

/** One step of the worker, which looks only at what is ready. */
async function look() {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
  return advance(device.worker);
}

describe('a look at a running fetch', () => {
  it('stores what is ready, and asks to be called again soon', async () => {
    await registration.deliver(2);
    expect(await look()).toEqual({ againInMs: 250, claimable: false });
    expect(await storedOffsets()).toEqual(OFFSETS.slice(0, 2));
  });

  it('shows what is under way, in all', async () => {
    await registration.deliver(2);
    await look();
    const [shown] = device.worker.progress.snapshot();
    expect(shown).toMatchObject({ episodeId, totalBytes: 600_000 });
    const under = OFFSETS[2] ?? 0;
    expect(Math.abs((shown?.receivedBytes ?? 0) - under)).toBeLessThanOrEqual(2 * 1024);
  });

  it('commits the episode when every byte is here; the settle event may come much later', async () => {
    await registration.deliver();
    await look();
    await expectTheEpisode(device);
    await device.backgroundFetch?.settled();
    expect(registration.failureReason).toBe('aborted');
    expect((await downloadOf(device))?.state).toEqual({ kind: 'committed' });
    const finished = device.broadcasts.filter(({ type }) => type === 'download/finished');
    expect(finished).toHaveLength(1);
  });

  it('ends a fetch that has brought nothing for a minute, and asks for the rest anew', async () => {
    await registration.deliver(1);
    await look();
    device.now += 60_000;
    await look();
    expect(registration.result).toBe('');
    device.now += 1;
    await look();
    expect(registration.failureReason).toBe('aborted');
    await device.backgroundFetch?.settled();
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'retry' });
    await look();
    await device.startBackgroundFetches();
    expect(device.backgroundFetch?.started[1]?.requests).toHaveLength(2);
  });

  it('is patient while the device is offline', async () => {
    await look();
    device.isOnline = false;
    device.now += 3600_000;
    await look();
    expect(registration.result).toBe('');
  });

  it('gives up a fetch of which every connection stalls before a segment is whole (I15)', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const running = device.backgroundFetch?.started.at(-1);
      if (running?.result === '') running.downloaded += 200_000;
      await look();
      device.now += 60_001;
      await look();
      await device.backgroundFetch?.settled();
      device.now += 3600_000;
      await look();
      await device.startBackgroundFetches();
    }
    expect((await downloadOf(device))?.state.kind).toBe('failed');
    expect(device.backgroundFetch?.started).toHaveLength(16);
  });

  it('does not count a failure against a download that moves, whichever look took its bytes', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const running = device.backgroundFetch?.started.at(-1);
      await running?.deliver(turn < 2 ? 1 : 0);
      await look();
      await running?.end('fetch-error');
      expect((await downloadOf(device))?.retries).toBe(turn < 2 ? 0 : 1);
      await look();
      await device.startBackgroundFetches();
    }
  });

  it('gives up a fetch that never brings anything after some tries (I15)', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      await look();
      device.now += 60_001;
      await look();
      await device.backgroundFetch?.settled();
      device.now += 3600_000;
      await look();
      await device.startBackgroundFetches();
    }
    expect((await downloadOf(device))?.state.kind).toBe('failed');
  });
});

describe('a fetch that brings nothing for ten seconds', () => {
  /** One record has come, and then nothing more for so long. */
  async function beStill(ms: number, then: () => void = () => undefined): Promise<void> {
    await registration.deliver(1);
    await look();
    then();
    device.host.requests.length = 0;
    device.now += ms;
    await look();
    await device.backgroundFetch?.settled();
  }

  it.each([
    [410, 'enclosure-not-found'],
    [451, 'enclosure-http-status'],
  ])('ends with its reason where the host says %d by now', async (code, reason) => {
    await beStill(10_001, () => {
      device.host.usually = status(code);
    });
    expect(device.host.requests.map(({ range }) => range)).toEqual(['bytes=261120-262144']);
    expect(registration.failureReason).toBe('aborted');
    const failure = { code: reason, status: code };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
    expect(await storedOffsets()).toEqual([0]);
  });

  it.each([412, 416])('is begun anew where the host says %d by now', async (code) => {
    const before = await attemptOf(device);
    await beStill(10_001, () => device.host.next(status(code)));
    expect((await downloadOf(device))?.restarts).toBe(1);
    await device.startBackgroundFetches();
    const again = device.backgroundFetch?.started[1];
    expect(again?.id).not.toContain(before.id);
    await again?.deliver();
    await again?.end();
    await expectTheEpisode(device);
  });

  it.each([
    ['answers as ever', honestly],
    ['is busy: the browser tries again by itself', status(503)],
  ])('is left in peace where the host %s', async (_name, answer) => {
    await beStill(10_001, () => {
      device.host.usually = answer;
    });
    device.now += 49_999;
    await look();
    expect(device.host.requests).toHaveLength(1);
    expect(registration.result).toBe('');
  });

  it('is left in peace where the host cannot be asked', async () => {
    await beStill(10_001, () => {
      device.host.isThere = false;
    });
    expect(registration.result).toBe('');
  });

  it('has its host asked once, and again when it has moved and is still again', async () => {
    await beStill(10_000);
    expect(device.host.requests).toHaveLength(0);
    for (const ms of [1, 3_000, 30_000]) {
      device.now += ms;
      await look();
    }
    expect(device.host.requests).toHaveLength(1);
    await beStill(10_001);
    expect(device.host.requests).toHaveLength(1);
  });
});

describe('of several that are still', () => {
  it('the one that was started first is ended, wherever it stands in the queue by now', async () => {
    const other = 'other' as EpisodeId;
    await putFeed(await device.worker.database(), aPodcast(), [anEpisode({ id: other })]);
    await device.request(other);
    await device.startBackgroundFetches();
    await device.command(reorderDownload, { episodeId: other, before: episodeId });
    await look();
    device.now += 60_001;
    await look();
    await device.backgroundFetch?.settled();
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'retry' });
    const state = (await getDownload(await device.worker.database(), other))?.state;
    expect(state).toEqual({ kind: 'active' });
  });
});
