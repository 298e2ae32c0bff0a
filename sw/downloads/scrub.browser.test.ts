import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../core/storage/database.ts';
import { getScrubPlace } from '../../core/storage/scrub.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { startDownload } from '../requests/download-start.ts';
import { reconcileDownloads } from '../requests/downloads-reconcile.ts';
import { Device, episodeId } from '../testing/device.ts';
import { type Manner, MortalWorker } from '../testing/mortal-worker.ts';
import {
  brokenAfter,
  endedAfter,
  ignoringRange,
  loginPage,
  status,
  unreachable,
} from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { scrub } from './scrub.ts';

/** 600,000 bytes are three segments. */
const OFFSETS = [0, 262_144, 524_288] as const;

const HARM = {
  'with a flipped bit': (bytes: Uint8Array<ArrayBuffer>) => bytes.with(7, (bytes[7] ?? 0) ^ 1),
  shorter: (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, -1),
  longer: (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array([...bytes, 0]),
  missing: () => undefined,
} as const;

const never = new AbortController().signal;

let device: Device;
let db: Database;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000 });
  db = await device.worker.database();
  await device.request();
  await device.advanceUntilIdle();
  device.host.requests.length = 0;
  device.broadcasts.length = 0;
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

async function harm(offsetBytes: number, how: keyof typeof HARM = 'with a flipped bit') {
  const { id } = await attemptOf(device);
  const stored = await db.get('segments', [id, offsetBytes]);
  const bytes = HARM[how](new Uint8Array((await stored?.blob.arrayBuffer()) ?? new ArrayBuffer()));
  if (!bytes) await db.delete('segments', [id, offsetBytes]);
  else await db.put('segments', { attemptId: id, offsetBytes, blob: new Blob([bytes]) });
}

const state = async () => (await downloadOf(device))?.state.kind;
const ranges = () => device.host.requests.map(({ range }) => range);

describe('the slow check of what is downloaded', () => {
  it('changes nothing where all is well, and rests then', async () => {
    const before = [await downloadOf(device), await attemptOf(device)];
    await scrub(device.worker, never);
    expect([await downloadOf(device), await attemptOf(device)]).toEqual(before);
    expect(device.host.requests).toEqual([]);
    expect(device.broadcasts).toEqual([]);
    expect((await getScrubPlace(db))?.endedAt).toBe(device.now);
    await harm(0);
    await scrub(device.worker, never);
    expect(await state()).toBe('committed');
    device.now += 25 * 60 * 60_000;
    await scrub(device.worker, never);
    expect(ranges()).toEqual(['bytes=0-262143']);
  });

  it.each(
    OFFSETS.flatMap((offset) =>
      Object.keys(HARM).map((how) => [offset, how as keyof typeof HARM] as const),
    ),
  )('finds the segment at %d %s, and fetches it again, and that one alone', async (offset, how) => {
    await harm(offset, how);
    const { id } = await attemptOf(device);
    await scrub(device.worker, never);
    await expectTheEpisode(device);
    expect((await attemptOf(device)).id).toBe(id);
    const last = Math.min(offset + 262_144, 600_000) - 1;
    expect(ranges()).toEqual([`bytes=${offset}-${last}`]);
    expect(device.broadcasts).toContainEqual({
      type: 'downloads/changed',
      episodeIds: [episodeId],
    });
    // It was downloaded all the time, as people see it.
    expect(device.broadcasts.some(({ type }) => type === 'download/finished')).toBe(false);
  });

  it('is never Downloaded while it is broken, and comes back with the network', async () => {
    await harm(OFFSETS[1]);
    device.isOnline = false;
    await scrub(device.worker, never);
    expect(await state()).toBe('evicted');
    device.isOnline = true;
    device.host.next(unreachable, status(503), brokenAfter(1000));
    for (let tries = 0; tries < 3; tries += 1) {
      await scrub(device.worker, never);
      expect(await state()).toBe('evicted');
    }
    device.startWorker();
    await scrub(device.worker, never);
    await expectTheEpisode(device);
  });

  it.each([
    ['the host has another version now', () => device.host.change()],
    ['the host has it no more', () => device.host.next(status(404))],
    ['the host says that it is another one', () => device.host.next(status(412))],
  ])('is "Removed by the browser" where %s, and one press brings it', async (_why, turn) => {
    await harm(OFFSETS[1]);
    turn();
    await scrub(device.worker, never);
    expect(await state()).toBe('evicted');
    expect(await listSegmentOwners(db)).toEqual([]);
    await device.command(startDownload, { episodeId });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it.each([
    ['answers without ranges', ignoringRange],
    ['wants somebody to sign in', status(401)],
    ['lets nobody in', status(403)],
    ['sends a web page', loginPage],
    ['ends early, as if that were all', endedAfter(1000)],
    ['ends before it begins', endedAfter(0)],
  ])('costs nothing of the rest where the host %s for once', async (_why, answer) => {
    await harm(OFFSETS[1]);
    const { id } = await attemptOf(device);
    device.host.next(answer);
    await scrub(device.worker, never);
    expect(await state()).toBe('evicted');
    expect((await attemptOf(device)).journal).toHaveLength(2);
    await scrub(device.worker, never);
    await expectTheEpisode(device);
    expect((await attemptOf(device)).id).toBe(id);
  });

  it('leaves what is still good to the one press, too', async () => {
    await harm(OFFSETS[2]);
    device.isOnline = false;
    await scrub(device.worker, never);
    device.isOnline = true;
    await device.command(startDownload, { episodeId });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(ranges()).toEqual(['bytes=523264-']);
    // What was filled by the engine is not put there twice.
    await harm(OFFSETS[0]);
    device.now += 25 * 60 * 60_000;
    await scrub(device.worker, never);
    await expectTheEpisode(device);
  });

  it('finds several', async () => {
    for (const offset of OFFSETS) await harm(offset);
    await scrub(device.worker, never);
    await expectTheEpisode(device);
    expect(ranges()).toHaveLength(3);
  });

  it('holds to the network that the user wants', async () => {
    device.networkRules = { unmeteredOnly: true, connection: { type: 'cellular' } };
    await harm(OFFSETS[1]);
    await scrub(device.worker, never);
    expect(ranges()).toEqual([]);
    expect(await state()).toBe('evicted');
  });

  it('does not revive what is deleted meanwhile', async () => {
    await harm(OFFSETS[1]);
    device.host.next((request, host) => {
      void device.command(deleteDownload, { episodeId });
      return host.usually(request, host);
    });
    await scrub(device.worker, never);
    await device.advanceUntilIdle();
    expect(await downloadOf(device)).toBeUndefined();
    expect(await listSegmentOwners(db)).toEqual([]);
  });

  it('goes on where it was, one segment for each life that ends at once', async () => {
    const over = AbortSignal.abort();
    // With no time at all it remembers where to begin.
    await scrub(device.startWorker(), over);
    const { id } = await attemptOf(device);
    expect(await getScrubPlace(db)).toEqual({ attemptId: id, offsetBytes: 0, endedAt: undefined });
    await db.put('scrub', { attemptId: id, offsetBytes: OFFSETS[2], endedAt: undefined }, 'place');
    await harm(OFFSETS[0]);
    await scrub(device.startWorker(), never);
    // The place was behind it.
    expect(await state()).toBe('committed');
    await harm(OFFSETS[2]);
    await db.put('scrub', { attemptId: id, offsetBytes: OFFSETS[2], endedAt: undefined }, 'place');
    await scrub(device.startWorker(), never);
    expect(ranges()).toEqual(['bytes=524288-599999']);
  });

  it.each<Manner>(['dies', 'throws'])(
    'comes to the same end when the worker %s at any of its operations',
    async (manner) => {
      for (let operation = 1; ; operation += 1) {
        device.startWorker();
        await db.delete('scrub', 'place');
        await harm(OFFSETS[1]);
        const mortal = new MortalWorker(operation, manner);
        device.startWorker((context) => mortal.wrap(context));
        const work = scrub(device.worker, never).then(
          () => 'done',
          () => 'failed',
        );
        const end = await Promise.race([work, mortal.struck]);
        if (manner === 'throws') await work;
        device.startWorker();
        await device.command(reconcileDownloads, {});
        await scrub(device.worker, never);
        await device.advanceUntilIdle();
        await scrub(device.worker, never);
        await expectTheEpisode(device);
        if (end === 'done') break;
        expect(operation).toBeLessThan(200);
      }
      device.reports.length = 0;
    },
  );
});
