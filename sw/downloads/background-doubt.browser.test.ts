import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getDownload } from '../../core/storage/downloads.ts';
import { Device, episodeId } from '../testing/device.ts';
import { status } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { claimNext, noteLaunch } from './background-fetch.ts';

const LAUNCH_MS = 10_000;

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000, background: true });
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
  vi.restoreAllMocks();
});

describe('a download that failed the last time', () => {
  /** Its fetch brought one record and was ended; its next try is due. */
  async function failOnce(): Promise<void> {
    await device.startBackgroundFetches();
    await device.backgroundFetch?.started[0]?.deliver(1);
    await advanceOnce();
    await device.backgroundFetch?.started[0]?.end('fetch-error');
    await noteLaunch(device.worker, '', null);
    const db = await device.worker.database();
    const row = await getDownload(db, episodeId);
    if (row) await db.put('downloads', { ...row, retries: 1 });
    device.now += 10_000;
    await advanceOnce();
    device.host.requests.length = 0;
  }

  async function advanceOnce(): Promise<void> {
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    await advance(device.worker);
    vi.restoreAllMocks();
  }

  const asked = () => device.host.requests.map(({ range }) => range);

  it('has its host asked for a byte first', async () => {
    await failOnce();
    const plan = await claimNext(device.worker, 'page');
    expect(plan?.requests).toHaveLength(2);
    expect(asked()).toEqual(['bytes=261120-262144']);
  });

  it('ends with its reason where the host says no, and keeps what has come', async () => {
    await failOnce();
    device.host.usually = status(410);
    expect(await claimNext(device.worker, 'page')).toBeNull();
    const failure = { code: 'enclosure-not-found', status: 410 };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
    expect((await attemptOf(device)).journal).toHaveLength(1);
  });

  it('begins anew where the host does not have that part', async () => {
    await failOnce();
    device.host.next(status(416));
    expect(await claimNext(device.worker, 'page')).toBeNull();
    expect((await downloadOf(device))?.restarts).toBe(1);
    expect((await claimNext(device.worker, 'page'))?.requests).toHaveLength(3);
  });

  it('waits for as long as a busy host asks', async () => {
    await failOnce();
    device.host.next(status(503, { 'retry-after': '600' }));
    expect(await claimNext(device.worker, 'page')).toBeNull();
    const row = await downloadOf(device);
    expect(row?.state).toEqual({ kind: 'paused', reason: 'retry' });
    expect((row?.retryAt ?? 0) - device.now).toBeGreaterThanOrEqual(600_000);
  });

  it('is planned where the host cannot be asked, or not soon', async () => {
    await failOnce();
    const { later } = device.worker;
    device.startWorker(() => ({
      later: (ms, run) => later(ms === 1_500 ? 0 : ms, run),
      fetch: (_input, init) =>
        new Promise((_resolve, reject) => {
          const { signal } = init ?? {};
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    }));
    expect(await claimNext(device.worker, 'page')).not.toBeNull();
  });

  it('is asked for as a whole where that is its shape', async () => {
    device.host.tellsLength = false;
    await device.startBackgroundFetches();
    await device.backgroundFetch?.started[0]?.end('fetch-error');
    expect((await downloadOf(device))?.retries).toBe(1);
    device.now += 10_000;
    await advanceOnce();
    device.host.requests.length = 0;
    device.host.usually = status(410);
    expect(await claimNext(device.worker, 'page')).toBeNull();
    expect(asked()).toEqual([null]);
    expect((await downloadOf(device))?.state.kind).toBe('failed');
  });
});

it('a download that never failed costs its host one look, also where it is planned anew', async () => {
  await claimNext(device.worker, 'gone');
  device.now += LAUNCH_MS;
  expect(await device.startBackgroundFetches()).toHaveLength(1);
  expect(device.host.requests.map(({ range }) => range)).toEqual(['bytes=0-']);
});
