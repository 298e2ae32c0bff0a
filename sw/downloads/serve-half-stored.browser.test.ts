import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Device, episodeId } from '../testing/device.ts';
import { sha256 } from '../testing/noise.ts';
import {
  brokenAfter,
  honestly,
  loginPage,
  stalledAfter,
  status,
  unreachable,
} from '../testing/podcast-host.ts';
import { attemptOf } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { answerMedia } from './serve-media.ts';

const SIZE = 600_000;
/** The first two segments of three. */
const STORED = 524_288;

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: SIZE });
  await device.request();
  device.host.next(honestly, honestly, honestly, brokenAfter(0));
  await advance(device.worker);
  expect((await attemptOf(device)).journal).toHaveLength(2);
  device.host.requests.length = 0;
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

function ask(headers: HeadersInit = {}) {
  const request = new Request(`https://app.example/media/${episodeId}`, { headers });
  return answerMedia(request, episodeId, device.worker);
}

/** The browser removes one of the segments, and the start-up check has found out. */
async function lose(offsetBytes: number): Promise<void> {
  const db = await device.worker.database();
  const attempt = await attemptOf(device);
  await db.delete('segments', [attempt.id, offsetBytes]);
  const journal = attempt.journal.filter((entry) => entry.offsetBytes !== offsetBytes);
  await db.put('attempts', { ...attempt, journal });
}

/** The answer is these bytes of the episode, as the host has it. */
async function expectBytes(response: Response, start = 0, end = SIZE): Promise<void> {
  const expected = device.host.content.slice(start, end);
  expect(await sha256(await response.arrayBuffer())).toBe(await sha256(expected));
}

describe('a half-stored episode', () => {
  it('plays what is stored from the store, and the rest from the network', async () => {
    const response = await ask();
    expect([response.status, response.headers.get('content-length')]).toEqual([200, String(SIZE)]);
    await expectBytes(response);
    expect(device.host.requests).toHaveLength(1);
    expect(device.host.bytesSent).toBeLessThan(SIZE - STORED + 2048);
  });

  it('does not ask the network for what is stored', async () => {
    const response = await ask({ range: 'bytes=100-524287' });
    await expectBytes(response, 100, STORED);
    expect(device.host.requests).toEqual([]);
  });

  it('plays what is stored without a network', async () => {
    device.isOnline = false;
    await expectBytes(await ask({ range: 'bytes=0-999' }), 0, 1000);
    expect((await ask({ range: `bytes=${STORED}-` })).status).toBe(404);
  });

  it.each([
    ['bytes=500000-560000', 500_000, 560_001],
    ['bytes=530000-540000', 530_000, 540_001],
    ['bytes=-1', SIZE - 1, SIZE],
  ])('answers %s to its end, and lets go of the rest', async (range, start, end) => {
    const response = await ask({ range });
    expect(response.status).toBe(206);
    await expectBytes(response, start, end);
  });

  it('plays over a gap', async () => {
    await lose(0);
    await expectBytes(await ask());
    await expectBytes(await ask({ range: 'bytes=100-300000' }), 100, 300_001);
  });

  it('is not marked as lost because its network is', async () => {
    await lose(0);
    device.host.next(unreachable);
    expect((await ask()).status).toBe(404);
    expect((await attemptOf(device)).journal).toHaveLength(1);
  });

  it('lets go of the network when the player has gone', async () => {
    device.host.next(stalledAfter(10_000));
    const response = await ask({ range: `bytes=${STORED - 10}-` });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(device.host.requests[0]?.cancelled).toBe(false);
    await reader?.cancel();
    expect(device.host.requests[0]?.cancelled).toBe(true);
  });

  it('breaks off with the network, and never looks complete', async () => {
    device.host.next(brokenAfter(10_000));
    await expect((await ask()).arrayBuffer()).rejects.toThrow();
  });

  it.each([
    ['a refusal', status(404)],
    ['a page', loginPage],
    ['nothing', unreachable],
  ])('does not play %s', async (_name, answer) => {
    device.host.next(answer);
    await expect((await ask()).arrayBuffer()).rejects.toThrow();
  });

  it('is not gone on with where too little is stored to prove the version by', async () => {
    await lose(0);
    const db = await device.worker.database();
    const { id, journal, ...attempt } = await attemptOf(device);
    const segment = await db.get('segments', [id, 262_144]);
    if (!segment) throw new Error('it is not stored');
    await db.put('segments', { ...segment, blob: segment.blob.slice(0, 500) });
    const short = journal.map((entry) => ({ ...entry, lengthBytes: 500 }));
    await db.put('attempts', { ...attempt, id, journal: short });
    await expect((await ask({ range: 'bytes=262144-' })).arrayBuffer()).rejects.toThrow();
    expect(device.host.requests).toEqual([]);
  });

  it('is not played in part where its host gives only the whole', async () => {
    const db = await device.worker.database();
    await db.put('attempts', { ...(await attemptOf(device)), shape: 'whole' });
    expect((await ask()).status).toBe(404);
    expect(device.host.requests).toEqual([]);
  });
});

describe('a half-stored episode whose host has another version', () => {
  it('that another ETag tells is not joined', async () => {
    const db = await device.worker.database();
    await db.put('attempts', { ...(await attemptOf(device)), validator: '"1"' });
    device.host.exposesHeaders = true;
    device.host.change({ etag: '"2"' });
    await expect((await ask()).arrayBuffer()).rejects.toThrow();
  });

  it('that nothing tells but the bytes is not joined', async () => {
    device.host.change();
    const joined = await (await ask()).arrayBuffer().catch(() => undefined);
    expect(joined === undefined).toBe(true);
  });

  it.each([
    [262_144, 'bytes=300000-'],
    // In front of something stored.
    [0, 'bytes=1000-2000'],
  ])('that nothing tells but its length is not played under the old one', async (gone, range) => {
    await lose(gone);
    device.host.change({ sizeBytes: SIZE + 1000 });
    expect((await ask({ range })).status).toBe(404);
    expect(device.host.requests).toHaveLength(1);
  });
});
