import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttemptId, EpisodeId } from '../../core/model/ids.ts';
import type { Database } from '../../core/storage/database.ts';
import { transition } from '../../core/storage/downloads.ts';
import type { WorkerContext } from '../context.ts';
import { Device, episodeId } from '../testing/device.ts';
import { noise, sha256 } from '../testing/noise.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { attemptOf, downloadOf } from '../testing/stored-episode.ts';
import { answerMedia } from './serve-media.ts';

const SIZE = 600_000;
const content = noise(SIZE, 1);

let device: Device;
let db: Database;
let attemptId: AttemptId;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: SIZE });
  await device.request();
  await device.advanceUntilIdle();
  db = await device.worker.database();
  attemptId = (await attemptOf(device)).id;
  device.host.requests.length = 0;
});

afterEach(() => {
  expect(device.host.requests, 'nothing is asked of the network').toEqual([]);
  expect(device.reports).toEqual([]);
});

function ask(headers: HeadersInit = {}, method = 'GET', worker = device.worker) {
  const request = new Request(`https://app.example/media/${episodeId}`, { method, headers });
  return answerMedia(request, episodeId, worker);
}

async function digestOf(response: Response): Promise<string> {
  return sha256(await response.arrayBuffer());
}

describe('a downloaded episode', () => {
  it('is answered as a whole, where no range is asked for', async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'content-length': String(SIZE),
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'audio/mpeg',
      etag: `"${attemptId}"`,
      'x-content-type-options': 'nosniff',
    });
    expect(await digestOf(response)).toBe(await sha256(content));
  });

  it.each([
    ['bytes=0-', 0, SIZE],
    ['bytes=0-0', 0, 1],
    ['bytes=262143-262144', 262_143, 262_145],
    ['bytes=262144-524287', 262_144, 524_288],
    ['bytes=100000-599999', 100_000, SIZE],
    ['bytes=599999-', SIZE - 1, SIZE],
    ['bytes=-1', SIZE - 1, SIZE],
    ['bytes=-700000', 0, SIZE],
    ['bytes=500000-9999999', 500_000, SIZE],
  ])('answers %s to its end, never less', async (range, start, end) => {
    const response = await ask({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${SIZE}`);
    expect(response.headers.get('content-length')).toBe(String(end - start));
    expect(await digestOf(response)).toBe(await sha256(content.slice(start, end)));
  });

  it.each(['bytes=600000-', 'bytes=700000-800000', 'bytes=-0'])(
    'cannot answer %s',
    async (range) => {
      const response = await ask({ range });
      expect(response.status).toBe(416);
      expect(response.headers.get('content-range')).toBe(`bytes */${SIZE}`);
      expect(await response.text()).toBe('');
    },
  );

  it.each(['bytes=0-1,5-6', 'bytes=5-2', 'items=0-1'])(
    'answers %s with everything',
    async (range) => {
      const response = await ask({ range });
      expect(response.status).toBe(200);
      expect((await response.arrayBuffer()).byteLength).toBe(SIZE);
    },
  );

  it('is the same bytes in any partition of ranges, under one ETag (S1, S2)', async () => {
    const random = seededRandom(7);
    for (let round = 0; round < 5; round += 1) {
      const parts: ArrayBuffer[] = [];
      for (let start = 0; start < SIZE; ) {
        const end = Math.min(start + 1 + Math.floor(random() * 150_000), SIZE);
        const response = await ask({ range: `bytes=${start}-${end - 1}` });
        expect(response.headers.get('etag')).toBe(`"${attemptId}"`);
        parts.push(await response.arrayBuffer());
        start = end;
      }
      expect(await sha256(await new Blob(parts).arrayBuffer())).toBe(await sha256(content));
    }
  });

  it('answers a range of the version that the player has, and the whole of another', async () => {
    const range = 'bytes=10-19';
    expect((await ask({ range, 'if-range': `"${attemptId}"` })).status).toBe(206);
    expect((await ask({ range, 'if-range': '"another"' })).status).toBe(200);
    expect((await ask({ range, 'if-range': 'Mon, 02 Nov 2026 00:00:00 GMT' })).status).toBe(200);
  });

  it('tells its length without its bytes', async () => {
    const whole = await ask({}, 'HEAD');
    expect([whole.status, whole.headers.get('content-length')]).toEqual([200, String(SIZE)]);
    const part = await ask({ range: 'bytes=0-9' }, 'HEAD');
    // Ranges are for GET alone (RFC 9110 section 14.2).
    expect([part.status, part.headers.get('content-length')]).toEqual([200, String(SIZE)]);
    expect(part.headers.has('content-range')).toBe(false);
    expect(await part.text()).toBe('');
  });

  it.each(['POST', 'PUT', 'DELETE'])('is not for %s', async (method) => {
    const response = await ask({}, method);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('an episode that is not here', () => {
  it.each(['unknown', '__proto__', '..%2fepisode', 'x'.repeat(65), 'a b'])(
    'is a 404: %s',
    async (id) => {
      const request = new Request('https://app.example/media/x');
      expect((await answerMedia(request, id, device.worker)).status).toBe(404);
    },
  );

  it('because it is being deleted is a 404', async () => {
    await transition(db, episodeId, { type: 'deleted' });
    expect((await ask()).status).toBe(404);
  });

  it('because its first segment is gone is a 404, and is marked so', async () => {
    await db.delete('segments', [attemptId, 0]);
    expect((await ask()).status).toBe(404);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'evicted' });
  });

  it('because a segment is shorter than it was is a 404, and is marked so', async () => {
    const blob = new Blob([content.slice(0, 1000)]);
    await db.put('segments', { attemptId, offsetBytes: 0, blob });
    expect((await ask()).status).toBe(404);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'evicted' });
  });

  it('because a later segment is gone never looks like a complete, shorter one', async () => {
    await db.delete('segments', [attemptId, 262_144]);
    const response = await ask();
    expect(response.status).toBe(200);
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect((await ask({ range: 'bytes=300000-' })).status).toBe(404);
  });
});

/** A worker whose reads of segments pass by `onRead` first. */
function readingPast(onRead: () => void): WorkerContext {
  const watched = new Proxy(db, {
    get(target, property) {
      const value = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (property === 'get' && args[0] === 'segments') onRead();
        return Reflect.apply(value, target, args);
      };
    },
  });
  return device.startWorker(() => ({ database: async () => watched }));
}

describe('reading', () => {
  it('goes piece by piece, as the player wants them: a small one first', async () => {
    let reads = 0;
    const response = await ask(
      {},
      'GET',
      readingPast(() => (reads += 1)),
    );
    expect(reads, 'the first is read before there is an answer').toBe(1);
    const reader = response.body?.getReader();
    const sizes = [];
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) break;
      sizes.push([value?.byteLength, reads]);
    }
    expect(sizes).toEqual([
      [262_144, 1],
      [262_144, 2],
      [SIZE - 2 * 262_144, 3],
    ]);
  });

  it('stops when the player has gone', async () => {
    let reads = 0;
    const response = await ask(
      {},
      'GET',
      readingPast(() => (reads += 1)),
    );
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(reads).toBe(1);
  });

  it('that fails for a moment does not make the browser a thief', async () => {
    const failing = readingPast(() => {
      throw new DOMException('The connection is closing', 'InvalidStateError');
    });
    await ask({}, 'GET', failing).catch(() => undefined);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'committed' });
    device.startWorker();
    expect((await ask()).status).toBe(200);
  });

  it('survives a delete as an error, not as an end', async () => {
    const response = await ask();
    const reader = response.body?.getReader();
    await reader?.read();
    await db.clear('segments');
    await expect(reader?.read()).rejects.toThrow();
  });
});

it('an id is no path to another row', async () => {
  const request = new Request('https://app.example/media/x');
  expect((await answerMedia(request, attemptId as string as EpisodeId, device.worker)).status).toBe(
    404,
  );
});
