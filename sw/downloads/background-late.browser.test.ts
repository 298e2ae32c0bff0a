import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listAttempts } from '../../core/storage/attempts.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { pauseDownload } from '../requests/download-pause.ts';
import { resumeDownload } from '../requests/download-resume.ts';
import { Device, episodeId } from '../testing/device.ts';
import type { FakeRegistration } from '../testing/fake-background-fetch.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000, background: true });
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
  vi.restoreAllMocks();
});

/** A page starts what there is to start; the fetch that the browser then has. */
async function start(): Promise<FakeRegistration> {
  await device.startBackgroundFetches();
  const registration = device.backgroundFetch?.started.at(-1);
  if (registration?.result !== '') throw new Error('nothing was started');
  return registration;
}

/** Waits until the download is in the queue again, as pages do, and starts what is missing. */
async function startAgain(): Promise<FakeRegistration> {
  device.now += 10_000;
  await advance(device.worker);
  return start();
}

const ranges = (registration: FakeRegistration) =>
  registration.requests.map((request) => request.headers.get('range'));

async function storedOffsets(): Promise<number[]> {
  return (await attemptOf(device)).journal.map(({ offsetBytes }) => offsetBytes);
}

describe('our own pause', () => {
  it('keeps what has come, tells the browser to stop, and goes on from there', async () => {
    const registration = await start();
    await registration.deliver(2);
    await device.command(pauseDownload, { episodeId });
    await device.backgroundFetch?.settled();
    expect(registration.failureReason).toBe('aborted');
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
    expect(await storedOffsets()).toHaveLength(2);
    await device.command(resumeDownload, { episodeId });
    const again = await start();
    expect(ranges(again)).toEqual([ranges(registration)[2]]);
    await again.deliver();
    await again.end();
    await expectTheEpisode(device);
  });

  it('of what was complete already is done when it is resumed', async () => {
    const registration = await start();
    await registration.deliver();
    await device.command(pauseDownload, { episodeId });
    await device.backgroundFetch?.settled();
    await device.command(resumeDownload, { episodeId });
    expect(await device.startBackgroundFetches()).toEqual([]);
    await expectTheEpisode(device);
  });
});

describe('a late end', () => {
  it('after a delete revives nothing', async () => {
    const registration = await start();
    await registration.deliver();
    await device.command(deleteDownload, { episodeId });
    await device.backgroundFetch?.settled();
    const db = await device.worker.database();
    expect(await downloadOf(device)).toBeUndefined();
    expect(await listAttempts(db)).toEqual([]);
    expect(await listSegmentOwners(db)).toEqual([]);
    expect(device.broadcasts.map(({ type }) => type)).not.toContain('download/finished');
  });

  it('after a delete and a new wish changes nothing of the new download', async () => {
    const registration = await start();
    await registration.deliver(2);
    const { abort } = registration;
    registration.abort = async () => true;
    await device.command(deleteDownload, { episodeId });
    await device.request();
    const again = await start();
    registration.abort = abort;
    await registration.deliver();
    await registration.end();
    expect((await attemptOf(device)).journal).toEqual([]);
    await again.deliver();
    await again.end();
    await expectTheEpisode(device);
  });

  it('of an epoch that is over changes nothing', async () => {
    device.startWorker();
    const registration = await start();
    const { id, epoch } = await attemptOf(device);
    const db = await device.worker.database();
    await db.put('attempts', { ...(await attemptOf(device)), epoch: epoch + 1 });
    await registration.deliver();
    await registration.end();
    expect(await attemptOf(device)).toMatchObject({ id, epoch: epoch + 1, journal: [] });
    expect((await downloadOf(device))?.state).toEqual({ kind: 'active' });
  });
});

describe('an end that nobody told us of', () => {
  it('is noticed after a while, and what is missing is planned again', async () => {
    const registration = await start();
    await registration.deliver(1);
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
    await advance(device.worker);
    registration.endUnheard();
    device.startWorker();
    await advance(device.worker);
    expect(await device.startBackgroundFetches(), 'the event may yet come').toEqual([]);
    const again = await startAgain();
    expect(ranges(again)).toEqual(ranges(registration).slice(1));
    await again.deliver();
    await again.end();
    await expectTheEpisode(device);
  });

  it('is no loss where everything had been harvested', async () => {
    const registration = await start();
    await registration.deliver();
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
    await advance(device.worker);
    registration.endUnheard();
    device.startWorker();
    await advance(device.worker);
    device.now += 10_000;
    expect(await device.startBackgroundFetches()).toEqual([]);
    await expectTheEpisode(device);
  });
});
