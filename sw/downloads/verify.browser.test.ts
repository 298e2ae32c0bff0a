import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../core/model/attempt.ts';
import type { Download } from '../../core/model/download.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { anEntry } from '../../core/storage/testing/rows.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { episodeId } from '../testing/device.ts';
import { type Manner, MortalWorker } from '../testing/mortal-worker.ts';
import { sha256 } from '../testing/noise.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { finish } from './outcome.ts';
import { begin, device, promise, sizeBytes, sri } from './testing/promised.ts';
import { verifyIntegrity } from './verify.ts';

beforeEach(begin);

afterEach(() => {
  expect(device.reports).toEqual([]);
});

describe('the check', () => {
  /** As if everything were here, and nothing of it verified. */
  async function doubt(): Promise<Download> {
    const row = await downloadOf(device);
    if (!row) throw new Error('no row');
    const doubted: Download = {
      ...row,
      state: { kind: 'verifying' },
      committedAttemptId: undefined,
    };
    await (await device.worker.database()).put('downloads', doubted);
    return doubted;
  }

  /** One segment in each life of the worker; resolves with how far each had come. */
  async function checkInManyLives(): Promise<(number | undefined)[]> {
    const over = AbortSignal.abort();
    const seen: (number | undefined)[] = [];
    for (;;) {
      const worker = device.startWorker();
      const verdict = await verifyIntegrity(worker, await attemptOf(device), over);
      seen.push((await attemptOf(device)).hashed?.bytes);
      if (verdict === 'later') continue;
      expect(verdict).toBe('right');
      return seen;
    }
  }

  beforeEach(async () => {
    await promise(await sri(device.host.content));
  });

  it('goes on, step by step, in as many lives as it takes', async () => {
    await device.advanceUntilIdle();
    const { journal } = await attemptOf(device);
    const ends = journal.slice(0, -1).map((entry) => entry.offsetBytes + entry.lengthBytes);
    expect(await checkInManyLives()).toEqual([...ends, ends.at(-1)]);
  });

  it('goes on at the last whole block, where a segment ends in the middle of one', async () => {
    await device.advanceUntilIdle();
    const db = await device.worker.database();
    const attempt = await attemptOf(device);
    for (const { offsetBytes } of attempt.journal) {
      await db.delete('segments', [attempt.id, offsetBytes]);
    }
    const journal: JournalEntry[] = [];
    for (const [offsetBytes, end] of [
      [0, 100_001],
      [100_001, 350_017],
      [350_017, sizeBytes],
    ] as const) {
      const blob = new Blob([device.host.content.slice(offsetBytes, end)]);
      await db.put('segments', { attemptId: attempt.id, offsetBytes, blob });
      const digest = await sha256(await blob.arrayBuffer());
      journal.push(anEntry(offsetBytes, blob.size, digest));
    }
    await db.put('attempts', { ...attempt, journal, hashed: undefined });
    const blockBytes = 128;
    const ends = [100_001, 350_017].map((end) => end - (end % blockBytes));
    expect(await checkInManyLives()).toEqual([...ends, ends.at(-1)]);
  });

  it('shows that it is at work, and asks for the next step', async () => {
    await device.advanceUntilIdle();
    const attempt = await attemptOf(device);
    await doubt();
    await finish(device.worker, attempt, AbortSignal.abort());
    expect((await downloadOf(device))?.state.kind).toBe('verifying');
    device.startWorker();
    const steps = [(await advance(device.worker)).againInMs];
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(steps).toEqual([null]);
  });

  it.each([
    ['flipped', (bytes: Uint8Array<ArrayBuffer>) => bytes.with(5, 255 - (bytes[5] ?? 0))],
    ['cut off', (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, -1)],
    ['gone', () => undefined],
  ])('fetches one segment again that is %s, and that one only', async (_how, damage) => {
    await device.advanceUntilIdle();
    const db = await device.worker.database();
    const { id, journal } = await attemptOf(device);
    const offsetBytes = journal[1]?.offsetBytes ?? 0;
    const stored = await db.get('segments', [id, offsetBytes]);
    const bytes = damage(new Uint8Array((await stored?.blob.arrayBuffer()) ?? new ArrayBuffer()));
    if (!bytes) await db.delete('segments', [id, offsetBytes]);
    else await db.put('segments', { attemptId: id, offsetBytes, blob: new Blob([bytes]) });
    await doubt();
    device.host.requests.length = 0;
    device.startWorker();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await attemptOf(device)).id).toBe(id);
    expect(device.host.requests.map(({ range }) => range)).toEqual(['bytes=261120-524287']);
  });

  it.each(['between its steps', 'while it runs'])(
    'does not revive what is deleted %s',
    async (when) => {
      await device.advanceUntilIdle();
      const row = await doubt();
      const attempt = await attemptOf(device);
      const check = () => finish(device.worker, attempt, AbortSignal.abort());
      const remove = () => device.command(deleteDownload, { episodeId });
      if (when === 'while it runs') await Promise.all([check(), remove()]);
      else {
        await check();
        await remove();
      }
      await device.advanceUntilIdle();
      expect(row.state.kind).toBe('verifying');
      expect(await downloadOf(device)).toBeUndefined();
      expect(await listSegmentOwners(await device.worker.database())).toEqual([]);
    },
  );

  it.each<Manner>(['dies', 'throws'])(
    'comes to the same end when the worker %s at any of its operations',
    async (manner) => {
      await device.advanceUntilIdle();
      for (let operation = 1; ; operation += 1) {
        device.startWorker();
        await doubt();
        const mortal = new MortalWorker(operation, manner);
        device.startWorker((context) => mortal.wrap(context));
        const work = advance(device.worker).then(
          () => 'done',
          () => 'failed',
        );
        const end = await Promise.race([work, mortal.struck]);
        if (manner === 'throws') await work;
        device.startWorker();
        await device.advanceUntilIdle();
        await expectTheEpisode(device);
        if (end === 'done') break;
        expect(operation).toBeLessThan(200);
      }
      device.reports.length = 0;
    },
  );
});
