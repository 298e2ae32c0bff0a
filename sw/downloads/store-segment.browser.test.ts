import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt } from '../../core/model/attempt.ts';
import { getAttempt } from '../../core/storage/attempts.ts';
import type { Database } from '../../core/storage/database.ts';
import { anAttempt } from '../../core/storage/testing/rows.ts';
import { Device } from '../testing/device.ts';
import { noise, sha256 } from '../testing/noise.ts';
import { storeSegment } from './store-segment.ts';

/** 4,000 bytes in segments of 1,000. */
const content = noise(4_000, 5);
const other = noise(4_000, 6);

let device: Device;
let db: Database;

beforeEach(async () => {
  device = await Device.create();
  db = await device.worker.database();
  await db.put('attempts', anAttempt({ totalBytes: 4_000, epoch: 1 }));
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

const current = async () => (await getAttempt(db, anAttempt().id)) ?? expect.fail();

async function store(
  offsetBytes: number,
  { overlapBytes = 0, etag = undefined as string | undefined, bytes = content } = {},
  facts: Partial<Attempt> = {},
) {
  const attempt = { ...(await current()), ...facts };
  const received = bytes.slice(offsetBytes - overlapBytes, offsetBytes + 1_000);
  return storeSegment(device.worker, attempt, { offsetBytes, overlapBytes, bytes: received, etag });
}

describe('a part of an episode', () => {
  it('is stored without its overlap, with the digest of what is stored', async () => {
    expect(await store(0)).toBe('committed');
    expect(await store(1_000, { overlapBytes: 100 })).toBe('committed');
    const { journal } = await current();
    expect(journal).toEqual([
      { offsetBytes: 0, lengthBytes: 1_000, sha256: await sha256(content.slice(0, 1_000)) },
      { offsetBytes: 1_000, lengthBytes: 1_000, sha256: await sha256(content.slice(1_000, 2_000)) },
    ]);
    const [, second] = await db.getAll('segments');
    expect(await sha256((await second?.blob.arrayBuffer()) ?? new ArrayBuffer())).toBe(
      journal[1]?.sha256,
    );
  });

  it('is of another version where its overlap is', async () => {
    await store(0);
    expect(await store(1_000, { overlapBytes: 100, bytes: other })).toBe('changed');
    expect((await current()).journal).toHaveLength(1);
  });

  it('proves nothing where there is nothing to repeat, and no name', async () => {
    await store(0);
    expect(await store(2_000, { overlapBytes: 100 })).toBe('unproven');
    expect((await current()).journal).toHaveLength(1);
  });

  it('proves nothing by an overlap that is longer than what is stored in front of it', async () => {
    await db.put('attempts', { ...(await current()), journal: [] });
    await store(0);
    const { journal } = await current();
    const [entry] = journal;
    if (!entry) throw new Error('nothing stored');
    const short = { ...entry, offsetBytes: 950, lengthBytes: 50 };
    await db.put('attempts', { ...(await current()), journal: [short] });
    await db.put('segments', {
      attemptId: anAttempt().id,
      offsetBytes: 950,
      blob: new Blob([content.slice(950, 1_000)]),
    });
    expect(await store(1_000, { overlapBytes: 100 })).toBe('unproven');
  });

  it('needs no overlap where its name is that of the others', async () => {
    await store(0, { etag: '"1"' });
    expect(await store(2_000, { overlapBytes: 100, etag: '"1"' })).toBe('committed');
  });

  it('is not taken into an attempt that has another name', async () => {
    await store(0, { etag: '"1"' });
    expect(await store(1_000, { overlapBytes: 100, etag: '"2"' })).toBe('changed');
    expect((await current()).journal).toHaveLength(1);
  });

  it('is the beginning, which can repeat nothing, only where its name is known', async () => {
    await store(1_000, { overlapBytes: 0, etag: '"1"' });
    expect(await store(0)).toBe('changed');
    expect(await store(0, { etag: '"2"' })).toBe('changed');
    expect(await store(0, { etag: '"1"' })).toBe('committed');
  });

  it('is audio, or not stored', async () => {
    const page = new TextEncoder().encode('<!doctype html><title>Log in</title>'.padEnd(1_000));
    expect(await store(0, { bytes: page })).toBe('not-media');
    expect((await current()).journal).toEqual([]);
  });

  it('is not stored by a writer who has lost the attempt', async () => {
    expect(await store(0, {}, { epoch: 0 })).toBe('fenced');
    expect((await current()).journal).toEqual([]);
    expect(await db.count('segments')).toBe(0);
  });

  it('is stored once', async () => {
    await store(0);
    expect(await store(0, { bytes: other, etag: undefined }, { journal: [] })).toBe('committed');
    expect((await current()).journal).toHaveLength(1);
    const [stored] = await db.getAll('segments');
    expect(await sha256((await stored?.blob.arrayBuffer()) ?? new ArrayBuffer())).toBe(
      await sha256(content.slice(0, 1_000)),
    );
  });
});
