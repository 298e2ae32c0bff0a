import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { receivedBytes } from '../../core/model/attempt.ts';
import type { AttemptId, EpisodeId } from '../../core/model/ids.ts';
import { getAttempt, listAttempts } from '../../core/storage/attempts.ts';
import type { Database } from '../../core/storage/database.ts';
import { beginAttempt, getDownload, transition } from '../../core/storage/downloads.ts';
import { listSegmentOwners, segmentsOf } from '../../core/storage/segments.ts';
import { aDownload, anAttempt, anEntry } from '../../core/storage/testing/rows.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { pauseDownload } from '../requests/download-pause.ts';
import { resumeDownload } from '../requests/download-resume.ts';
import { Device, episodeId } from '../testing/device.ts';
import { honestly, stalledAfter } from '../testing/podcast-host.ts';
import { downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { clearDeleted, clearOrphans, dropAttempt } from './clean-up.ts';
import { reconcile } from './reconcile.ts';

let device: Device;
let db: Database;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000 });
  db = await device.worker.database();
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

async function expectNothingStored(): Promise<void> {
  expect(await downloadOf(device)).toBeUndefined();
  expect(await listAttempts(db)).toEqual([]);
  expect(await listSegmentOwners(db)).toEqual([]);
}

/** A foreground download that has one segment and 100,000 bytes of the next; its step goes on. */
async function inTheMiddle() {
  device.host.next(honestly, honestly, stalledAfter(100_000));
  const step = advance(device.worker);
  await vi.waitFor(() => expect(device.host.requests[2]?.bytesSent).toBe(100_000));
  return { step };
}

describe('a delete', () => {
  it('of a downloaded episode frees every byte, and says so', async () => {
    await device.advanceUntilIdle();
    await device.command(deleteDownload, { episodeId });
    await expectNothingStored();
    expect(device.broadcasts.at(-1)).toEqual({
      type: 'downloads/changed',
      episodeIds: [episodeId],
    });
  });

  it('of a download that is under way stops it, and nothing comes after it', async () => {
    const { step } = await inTheMiddle();
    await device.command(deleteDownload, { episodeId });
    await step;
    await expectNothingStored();
    await device.advanceUntilIdle();
    await expectNothingStored();
    expect(device.broadcasts.map(({ type }) => type)).not.toContain('download/failed');
  });

  it('of what waits in the queue takes it out', async () => {
    await device.command(deleteDownload, { episodeId });
    await expectNothingStored();
    await device.advanceUntilIdle();
    expect(device.host.requests).toEqual([]);
  });

  it('twice is once; of nothing is nothing', async () => {
    await device.advanceUntilIdle();
    await Promise.all([
      device.command(deleteDownload, { episodeId }),
      device.command(deleteDownload, { episodeId }),
    ]);
    await device.command(deleteDownload, { episodeId });
    await expectNothingStored();
  });

  it('followed by a new wish brings the episode anew', async () => {
    await device.advanceUntilIdle();
    const before = await downloadOf(device);
    await transition(db, episodeId, { type: 'deleted' });
    await device.request();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await downloadOf(device))?.committedAttemptId).not.toBe(before?.committedAttemptId);
    expect(await listAttempts(db)).toHaveLength(1);
  });

  it.each([
    ['before anything went', async () => undefined],
    [
      'after the bytes, before the row that knew of them',
      (id: AttemptId) => db.delete('segments', segmentsOf(id)),
    ],
    ['after all but the wish', (id: AttemptId) => dropAttempt(device.worker, id)],
  ])('cut short %s goes on at the next start', async (_name, cut) => {
    await device.advanceUntilIdle();
    const { attemptId } = (await downloadOf(device)) ?? {};
    await transition(db, episodeId, { type: 'deleted' });
    if (attemptId) await cut(attemptId);
    device.startWorker();
    await reconcile(device.worker);
    await expectNothingStored();
  });

  it('lets what waits for room try again, and nothing that waits for something else', async () => {
    const waiting = (id: string, reason: 'space' | 'user', position: number) =>
      aDownload({ episodeId: id as EpisodeId, state: { kind: 'paused', reason }, position });
    await db.put('downloads', waiting('full', 'space', 1));
    await db.put('downloads', waiting('paused', 'user', 2));
    await device.command(deleteDownload, { episodeId });
    expect((await getDownload(db, 'full' as EpisodeId))?.state.kind).toBe('queued');
    expect((await getDownload(db, 'paused' as EpisodeId))?.state.kind).toBe('paused');
    for (const id of [episodeId, 'full'])
      expect(device.broadcasts).toContainEqual({ type: 'downloads/changed', episodeIds: [id] });
  });

  it('that takes long leaves a download alone that was begun meanwhile', async () => {
    const second = 'second' as EpisodeId;
    const fresh = anAttempt({ id: 'fresh' as AttemptId, episodeId: second });
    await db.put('attempts', anAttempt({ id: 'old' as AttemptId, episodeId }));
    await device.request(second);
    for (const id of [episodeId, second]) await transition(db, id, { type: 'deleted' });
    let isFirst = true;
    const registration = {
      backgroundFetch: {
        getIds: async () => {
          if (isFirst) {
            isFirst = false;
            // Another event has cleaned up, and the user has asked for the second one again.
            await transition(db, second, { type: 'cleared' });
            await device.request(second);
            expect(await beginAttempt(db, fresh, undefined)).toBe(true);
          }
          return [];
        },
      },
    };
    await clearDeleted({ ...device.worker, registration: registration as never });
    expect(await getAttempt(db, fresh.id)).toEqual(fresh);
    expect((await getDownload(db, second))?.state).toEqual({ kind: 'queued' });
  });
});

describe('a pause', () => {
  it('keeps what has come, to the last byte, and goes on from there', async () => {
    const { step } = await inTheMiddle();
    await device.command(pauseDownload, { episodeId });
    await step;
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
    const [attempt] = await listAttempts(db);
    expect(attempt?.lease).toBeUndefined();
    expect(attempt && receivedBytes(attempt)).toBe(262_144 + 100_000 - 1024);
    device.startWorker();
    await device.advanceUntilIdle();
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
    await device.command(resumeDownload, { episodeId });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests[3]?.range).toBe('bytes=360096-');
  });

  it('of what is downloaded changes nothing', async () => {
    await device.advanceUntilIdle();
    await device.command(pauseDownload, { episodeId });
    expect((await downloadOf(device))?.state).toEqual({ kind: 'committed' });
  });
});

describe('orphans', () => {
  it('are removed: attempts that no download points at, and bytes that no attempt owns', async () => {
    await device.advanceUntilIdle();
    await db.put('attempts', anAttempt({ id: 'left' as AttemptId, journal: [anEntry(0, 1)] }));
    for (const id of ['left', 'unknown'] as AttemptId[]) {
      await db.put('segments', { attemptId: id, offsetBytes: 0, blob: new Blob(['x']) });
    }
    await reconcile(device.worker);
    const { attemptId } = (await downloadOf(device)) ?? {};
    expect((await listAttempts(db)).map(({ id }) => id)).toEqual([attemptId]);
    expect(await listSegmentOwners(db)).toEqual([attemptId]);
    await expectTheEpisode(device);
  });

  it('are not what is begun while they are looked for', async () => {
    const begun = anAttempt();
    const slow = new Proxy(db, {
      get(target, property) {
        const value = Reflect.get(target, property);
        if (property !== 'getAllFromIndex') {
          return typeof value === 'function' ? value.bind(target) : value;
        }
        return async (...args: unknown[]) => {
          const rows = await Reflect.apply(value, target, args);
          await beginAttempt(db, begun, undefined);
          return rows;
        };
      },
    });
    await clearOrphans({ ...device.worker, database: async () => slow });
    expect(await getAttempt(db, begun.id)).toEqual(begun);
  });
});
