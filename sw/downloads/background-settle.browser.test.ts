import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { Device } from '../testing/device.ts';
import type { FakeRegistration } from '../testing/fake-background-fetch.ts';
import { changed, endedAfter, honestly, status } from '../testing/podcast-host.ts';
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

describe('success', () => {
  it('brings the episode, byte for byte', async () => {
    const registration = await start();
    await registration.deliver();
    await registration.end();
    await expectTheEpisode(device);
  });

  it.each([0, 1, 2])('without record %d plans that one again', async (index) => {
    const registration = await start();
    await registration.deliver();
    registration.lose(index);
    await registration.end();
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'retry' });
    const again = await startAgain();
    expect(ranges(again)).toEqual([ranges(registration)[index]]);
    await again.deliver();
    await again.end();
    await expectTheEpisode(device);
  });

  it('with an empty record plans that one again', async () => {
    const registration = await start();
    await registration.deliver(1);
    registration.deliverEmpty(1);
    await registration.deliverAt(2);
    await registration.end();
    const again = await startAgain();
    expect(ranges(again)).toEqual([ranges(registration)[1]]);
    await again.deliver();
    await again.end();
    await expectTheEpisode(device);
  });

  it('without any record is a failure like others: waits, and is given up', async () => {
    for (let turn = 0; turn < 15; turn += 1) {
      await (await start()).end();
      expect((await downloadOf(device))?.retries).toBe(turn + 1);
      device.now += 3600_000;
      await advance(device.worker);
    }
    await (await start()).end();
    expect((await downloadOf(device))?.state.kind).toBe('failed');
  });

  it('of a host that answers everything with everything ends in one whole request', async () => {
    device.host.next(honestly);
    device.host.usually = (request, host) => {
      host.answersRanges = false;
      return honestly(request, host);
    };
    const registration = await start();
    await registration.deliver();
    await registration.end();
    const again = await start();
    expect(ranges(again)).toEqual([null]);
    await again.deliver();
    await again.end();
    await expectTheEpisode(device);
  });

  it('of a whole request that ended too soon is not taken for the whole', async () => {
    device.host.answersRanges = false;
    const registration = await start();
    device.host.next(endedAfter(400_000));
    await registration.deliver();
    await registration.end();
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'retry' });
    expect(await listSegmentOwners(await device.worker.database())).toEqual([]);
    const again = await startAgain();
    await again.deliver();
    await again.end();
    await expectTheEpisode(device);
  });
});

describe('failure', () => {
  it('keeps what was finished, and asks for the rest alone', async () => {
    const registration = await start();
    await registration.deliver(2);
    await registration.end('fetch-error');
    const again = await startAgain();
    expect(ranges(again)).toEqual([ranges(registration)[2]]);
    await again.deliver();
    await again.end();
    await expectTheEpisode(device);
  });

  it('is none where all bytes are here', async () => {
    const registration = await start();
    await registration.deliver();
    await registration.end('bad-status');
    await expectTheEpisode(device);
  });

  it('for want of room waits for room, and keeps what was finished', async () => {
    const registration = await start();
    await registration.deliver(1);
    await registration.end('quota-exceeded');
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'space' });
    expect(await storedOffsets()).toEqual([0]);
  });

  it('because of a 404 is final', async () => {
    const registration = await start();
    device.host.next(status(404));
    await registration.deliver(1);
    await registration.end('bad-status');
    const failure = { code: 'enclosure-not-found', status: 404 };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
  });
});

describe('a host that is busy, of which the records tell', () => {
  it('is waited for as it asks, with what was finished kept', async () => {
    const registration = await start();
    await registration.deliver(1);
    device.host.next(status(503, { 'retry-after': '600' }));
    await registration.deliver(1);
    await registration.end('bad-status');
    const row = await downloadOf(device);
    expect(row?.state).toEqual({ kind: 'paused', reason: 'retry' });
    expect((row?.retryAt ?? 0) - device.now).toBeGreaterThanOrEqual(600_000);
    expect(await storedOffsets()).toEqual([0]);
    device.now = row?.retryAt ?? 0;
    const again = await startAgain();
    expect(again.requests).toHaveLength(2);
    await again.deliver();
    await again.end();
    await expectTheEpisode(device);
  });

  it('and stays so ends the download with that reason', async () => {
    for (let turn = 0; turn < 13; turn += 1) {
      const registration = await start();
      device.host.next(status(503));
      await registration.deliver(1);
      await registration.end('bad-status');
      device.now += 3600_000;
      await advance(device.worker);
    }
    const failure = { code: 'enclosure-http-status', status: 503 };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
  });
});

describe('an end in the browser itself', () => {
  it('is a pause by the user, and keeps what was finished', async () => {
    const registration = await start();
    await registration.deliver(2);
    await registration.end('aborted');
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
    expect(await storedOffsets()).toHaveLength(2);
    device.now += 3600_000;
    await advance(device.worker);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
  });

  it('is a pause by the user also when the host has other bytes by now', async () => {
    const registration = await start();
    device.host.next(honestly, changed({ etag: '"2"' }));
    await registration.deliver(2);
    await registration.end('aborted');
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
  });
});
