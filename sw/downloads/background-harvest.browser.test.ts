import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { takeLease } from '../../core/storage/attempts.ts';
import { Device, episodeId } from '../testing/device.ts';
import type { FakeRegistration } from '../testing/fake-background-fetch.ts';
import { sha256 } from '../testing/noise.ts';
import { changed, honestly, ignoringRange, status, withHeaders } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode, readEntry } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { harvest } from './background-harvest.ts';

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

/** Takes what is ready. */
async function take() {
  return harvest(device.worker, await attemptOf(device), registration, AbortSignal.abort());
}

async function storedOffsets(): Promise<number[]> {
  return (await attemptOf(device)).journal.map(({ offsetBytes }) => offsetBytes);
}

/** One step of the worker, which looks only at what is ready. */
async function look() {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
  return advance(device.worker);
}

describe('the harvest of a fetch that is running', () => {
  it('takes what is ready, byte for byte, and leaves the rest', async () => {
    await registration.deliver(2);
    expect(await take()).toEqual({ stop: undefined });
    expect(await storedOffsets()).toEqual(OFFSETS.slice(0, 2));
    const attempt = await attemptOf(device);
    const blobs = await Promise.all(attempt.journal.map((it) => readEntry(device, attempt, it)));
    const expected = device.host.content.slice(0, OFFSETS[2]);
    expect(await sha256(await new Blob(blobs).arrayBuffer())).toBe(await sha256(expected));
  });

  it('takes nothing twice', async () => {
    await registration.deliver(1);
    await take();
    expect(await take()).toEqual({ stop: undefined });
    expect(await storedOffsets()).toEqual(OFFSETS.slice(0, 1));
    await registration.deliver(1);
    await take();
    expect(await storedOffsets()).toEqual(OFFSETS.slice(0, 2));
  });

  it('takes records that become ready while it waits, until it is stopped', async () => {
    const stop = new AbortController();
    const running = harvest(device.worker, await attemptOf(device), registration, stop.signal);
    for (const offset of OFFSETS.slice(0, 2)) {
      await registration.deliver(1);
      await vi.waitFor(async () => expect(await storedOffsets()).toContain(offset));
    }
    stop.abort();
    expect(await running).toEqual({ stop: undefined });
    expect(await storedOffsets()).toEqual(OFFSETS.slice(0, 2));
  });

  it('does not lose a record that is ready before its turn', async () => {
    await registration.deliverAt(2);
    await take();
    expect(await storedOffsets()).toEqual([]);
    await registration.deliver(2);
    await take();
    expect(await storedOffsets()).toEqual(OFFSETS);
  });

  it('gives way to one that is under way', async () => {
    const stop = new AbortController();
    const first = harvest(device.worker, await attemptOf(device), registration, stop.signal);
    await registration.deliver(1);
    await vi.waitFor(async () => expect(await storedOffsets()).toHaveLength(1));
    await registration.deliver(1);
    expect(await take()).toEqual({ stop: undefined });
    stop.abort();
    await first;
  });

  it('writes nothing any more once somebody else has the attempt', async () => {
    await registration.deliver();
    const before = await attemptOf(device);
    const lease = { engine: 'foreground', owner: '', clientId: undefined, expiresAt: 0 } as const;
    const db = await device.worker.database();
    await takeLease(
      db,
      before.id,
      () => true,
      () => lease,
    );
    const aborted = AbortSignal.abort();
    await harvest(device.worker, before, registration, aborted);
    expect(await storedOffsets()).toEqual([]);
  });

  it('passes over what is not of our making', async () => {
    const foreign = new Request('https://podcast.example/episode.mp3#t=10');
    registration.requests.splice(1, 0, foreign);
    await registration.deliverAt(0);
    await registration.deliverAt(1);
    await take();
    expect(await storedOffsets()).toEqual([OFFSETS[0]]);
  });
});

describe('a record', () => {
  it('that says success and is empty is left out', async () => {
    registration.deliverEmpty(0);
    expect(await take()).toEqual({ stop: undefined });
    expect(await storedOffsets()).toEqual([]);
  });

  it('that follows a gap is taken where its ETag is that of the others', async () => {
    await registration.deliverAt(0);
    registration.deliverEmpty(1);
    await registration.deliverAt(2);
    await take();
    expect(await storedOffsets()).toEqual([OFFSETS[0], OFFSETS[2]]);
  });

  it('that follows a gap is left out where nothing proves its version', async () => {
    device.host.etag = undefined;
    await registration.deliverAt(0);
    registration.deliverEmpty(1);
    await registration.deliverAt(2);
    await take();
    expect(await storedOffsets()).toEqual([OFFSETS[0]]);
  });

  it.each([
    ['has another ETag', changed({ etag: '"2"' })],
    ['has other bytes under the same ETag', changed()],
    ['is everything, in place of a part', ignoringRange],
    ['is another part', withHeaders({ 'content-range': 'bytes 0-262143/600000' })],
    ['is of another total', withHeaders({ 'content-range': 'bytes 261120-524287/600001' })],
  ])('that %s ends the attempt; the browser is told to stop', async (_name, answer) => {
    device.host.next(honestly, answer);
    await registration.deliver(2);
    await look();
    await device.backgroundFetch?.settled();
    expect(registration.failureReason).toBe('aborted');
    expect(await downloadOf(device)).toMatchObject({
      state: { kind: 'queued' },
      attemptId: undefined,
      restarts: 1,
    });
    await device.startBackgroundFetches();
    const again = device.backgroundFetch?.started[1];
    await again?.deliver();
    await again?.end();
    await expectTheEpisode(device);
  });

  it.each([
    [404, 'enclosure-not-found'],
    [403, 'enclosure-denied'],
  ])('with %d fails the download, and what came before it is kept', async (code, reason) => {
    device.host.next(honestly, status(code));
    await registration.deliver(2);
    await look();
    await device.backgroundFetch?.settled();
    expect((await downloadOf(device))?.state).toMatchObject({ failure: { code: reason } });
    expect(await storedOffsets()).toEqual([OFFSETS[0]]);
    expect(device.broadcasts).toContainEqual({ type: 'download/failed', episodeId });
  });

  it('with 503 is left out: the browser tries again by itself', async () => {
    device.host.next(status(503));
    await registration.deliver(2);
    expect((await take()).stop).toBeUndefined();
    expect((await downloadOf(device))?.state).toEqual({ kind: 'active' });
  });
});
