import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt, JournalEntry } from '../../core/model/attempt.ts';
import type { Database } from '../../core/storage/database.ts';
import type { WorkerContext } from '../context.ts';
import { Device, episodeId } from '../testing/device.ts';
import { noise, sha256 } from '../testing/noise.ts';
import { randomRangeHeader } from '../testing/range-headers.ts';
import { type RightAnswer, rightAnswer } from '../testing/range-oracle.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { attemptOf } from '../testing/stored-episode.ts';
import { answerMedia } from './serve-media.ts';

const HEADERS = 10_000;
const AT_ONCE = 50;

const SIZE = 5_000;
/** Segments as slow steps leave them: of any length. */
const LENGTHS = [1, 2_999, 1, 1_999];
const content = noise(SIZE, 3);

let device: Device;
let db: Database;
let attempt: Attempt;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: SIZE });
  await device.request();
  await device.advanceUntilIdle();
  db = await device.worker.database();
  attempt = await cutAnew(await attemptOf(device));
  device.host.requests.length = 0;
});

afterEach(() => {
  expect(device.host.requests, 'nothing is asked of the network').toEqual([]);
  expect(device.reports).toEqual([]);
});

/** The same bytes in the segments of this test. */
async function cutAnew(before: Attempt): Promise<Attempt> {
  await db.clear('segments');
  const journal: JournalEntry[] = [];
  let offsetBytes = 0;
  for (const lengthBytes of LENGTHS) {
    const bytes = content.slice(offsetBytes, offsetBytes + lengthBytes);
    await db.put('segments', { attemptId: before.id, offsetBytes, blob: new Blob([bytes]) });
    journal.push({ offsetBytes, lengthBytes, sha256: await sha256(bytes) });
    offsetBytes += lengthBytes;
  }
  const cut = { ...before, journal, totalBytes: SIZE };
  await db.put('attempts', cut);
  return cut;
}

function ask(headers: Record<string, string>, worker = device.worker): Promise<Response> {
  const request = new Request(`https://app.example/media/${episodeId}`, { headers });
  return answerMedia(request, episodeId, worker);
}

/** The same rows, read once: ten thousand answers are then a matter of seconds. */
async function withRowsInMemory(): Promise<(context: WorkerContext) => Partial<WorkerContext>> {
  const rows = new Map<string, unknown>();
  for (const store of ['downloads', 'attempts', 'segments'] as const) {
    for (const key of await db.getAllKeys(store))
      rows.set(`${store} ${key}`, await db.get(store, key));
  }
  const get = async (store: string, key: unknown) => rows.get(`${store} ${key}`);
  return () => ({ database: async () => ({ get }) as unknown as Database });
}

/** `undefined` where the answer is one of the right ones, and its bytes and headers are its own. */
async function deviation(response: Response, right: RightAnswer): Promise<string | undefined> {
  const body = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  const answer: RightAnswer | undefined =
    status === 200 ? 'whole' : status === 416 ? 'unsatisfiable' : readPart(response);
  if (JSON.stringify(answer) !== JSON.stringify(right)) {
    return `${status} ${headers.get('content-range')}, right is ${JSON.stringify(right)}`;
  }
  if (headers.get('etag') !== `"${attempt.id}"`) return 'another ETag';
  if (answer === 'unsatisfiable') {
    if (headers.get('content-range') !== `bytes */${SIZE}`) return 'another length';
    return body.length === 0 ? undefined : 'bytes with a 416';
  }
  if (answer === 'whole' && headers.has('content-range')) return 'Content-Range with a 200';
  const [start, end] =
    typeof answer === 'object' ? [answer.firstByte, answer.lastByte + 1] : [0, SIZE];
  const expected = content.subarray(start, end);
  if (headers.get('content-length') !== String(expected.length)) return 'another Content-Length';
  const same = body.length === expected.length && body.every((byte, at) => byte === expected[at]);
  return same ? undefined : 'other bytes';
}

function readPart({ headers }: Response): RightAnswer | undefined {
  const match = /^bytes (\d+)-(\d+)\/5000$/.exec(headers.get('content-range') ?? '');
  return match ? { firstByte: Number(match[1]), lastByte: Number(match[2]) } : undefined;
}

describe('a downloaded episode', () => {
  it(`answers ${HEADERS} random Range headers as RFC 9110 has it`, async () => {
    const random = seededRandom(20_261_121);
    const boundaries = attempt.journal.map(({ offsetBytes }) => offsetBytes).concat(SIZE, 2_500);
    const ifRanges = [undefined, undefined, undefined, 'own', '"other"', 'W/', 'date'] as const;
    const deviations: string[] = [];
    const worker = device.startWorker(await withRowsInMemory());
    const kinds = new Map<string, number>();
    const one = async () => {
      const range = randomRangeHeader(random, boundaries);
      const kind = ifRanges[Math.floor(random() * ifRanges.length)];
      const etag = `"${attempt.id}"`;
      const ifRange =
        kind === 'own'
          ? etag
          : kind === 'W/'
            ? `W/${etag}`
            : kind === 'date'
              ? 'Mon, 02 Nov 2026 00:00:00 GMT'
              : kind;
      // A validator that is not ours, or a weak one, makes it a request for everything.
      const isOurs = ifRange === undefined || ifRange === etag;
      const right: RightAnswer = isOurs ? rightAnswer(range, SIZE) : 'whole';
      const headers = { range, ...(ifRange && { 'if-range': ifRange }) };
      const response = await ask(headers, worker);
      kinds.set(String(response.status), (kinds.get(String(response.status)) ?? 0) + 1);
      const wrong = await deviation(response, right);
      if (wrong) deviations.push(`${JSON.stringify(range)} (If-Range ${ifRange}): ${wrong}`);
    };
    for (let done = 0; done < HEADERS; done += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, one));
    }
    expect(deviations).toEqual([]);
    // All three answers were there, often enough to mean something.
    for (const status of ['200', '206', '416']) expect(kinds.get(status)).toBeGreaterThan(300);
  }, 120_000);

  it('is the same file in every partition of ranges, asked for in any order (S1)', async () => {
    const random = seededRandom(5);
    const whole = await sha256(content);
    for (let round = 0; round < 50; round += 1) {
      const cuts = Array.from({ length: Math.floor(random() * 12) }, () =>
        Math.floor(random() * SIZE),
      );
      const edges = [...new Set([0, ...cuts, SIZE])].sort((a, b) => a - b);
      const parts = edges.slice(0, -1).map((start, index) => [start, edges[index + 1] ?? SIZE]);
      const order = [...parts.keys()].sort(() => random() - 0.5);
      const bytes: ArrayBuffer[] = [];
      for (const index of order) {
        const [start = 0, end = SIZE] = parts[index] ?? [];
        const range =
          end === SIZE && random() < 0.5 ? `bytes=${start}-` : `bytes=${start}-${end - 1}`;
        const response = await ask({ range });
        expect(response.status).toBe(206);
        bytes[index] = await response.arrayBuffer();
      }
      expect(await sha256(await new Blob(bytes).arrayBuffer())).toBe(whole);
    }
  });

  it('leaves nothing open and reads nothing more after 200 seeks', async () => {
    // Of a length that a player does not read at once.
    device = await Device.create({ sizeBytes: 9_000_000 });
    await device.request();
    await device.advanceUntilIdle();
    device.host.requests.length = 0;
    attempt = await attemptOf(device);
    const total = attempt.totalBytes ?? 0;
    let reads = 0;
    let open = 0;
    const worker = device.startWorker((context) => ({
      database: async () => counting(await context.database()),
    }));
    function counting(database: Database): Database {
      return new Proxy(database, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== 'function') return value;
          return async (...args: unknown[]) => {
            if (name === 'get' && args[0] === 'segments') reads += 1;
            open += 1;
            return Promise.resolve(Reflect.apply(value, target, args)).finally(() => {
              open -= 1;
            });
          };
        },
      });
    }
    const random = seededRandom(9);
    const players: ReadableStreamDefaultReader<Uint8Array>[] = [];
    for (let seek = 0; seek < 200; seek += 1) {
      // The one before is left in whatever it is doing: not begun, in the middle of a read, or between.
      const left = players.at(-1)?.cancel();
      const response = await ask({ range: `bytes=${Math.floor(random() * total)}-` }, worker);
      const reader = response.body?.getReader();
      if (!reader) throw new Error('no body');
      players.push(reader);
      if (seek % 3 > 0) await reader.read();
      if (seek % 3 > 1) void reader.read();
      await left;
    }
    await players.at(-1)?.cancel();
    const readsThen = reads;
    // The heaviest use there is of the store that was read: it waits for every open transaction.
    const direct = await device.worker.database();
    await direct.transaction(['segments', 'attempts', 'downloads'], 'readwrite').done;
    expect({ open, reads }).toEqual({ open: 0, reads: readsThen });
    // One record for each seek, and one more where a read went over a boundary.
    expect(reads).toBeLessThan(500);
    for (const reader of players)
      expect(await reader.read()).toEqual({ done: true, value: undefined });
  });
});
