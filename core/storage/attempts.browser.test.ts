import { beforeEach, describe, expect, it } from 'vitest';
import type { Attempt, Lease } from '../model/attempt.ts';
import type { DownloadState } from '../model/download.ts';
import type { AttemptId, EpisodeId } from '../model/ids.ts';
import {
  changeAttempt,
  changeLease,
  commitSegment,
  deleteAttempt,
  forgetMissingBytes,
  getAttempt,
  takeLease,
} from './attempts.ts';
import type { Database } from './database.ts';
import { transition } from './downloads.ts';
import { getSegment, listSegmentOffsets } from './segments.ts';
import { emptyDatabase } from './testing/empty-database.ts';
import { aDownload, anAttempt, anEntry } from './testing/rows.ts';

const id = 'attempt' as AttemptId;
const episodeId = 'episode' as EpisodeId;

let db: Database;

beforeEach(async () => {
  db = await emptyDatabase();
});

async function given(attempt: Partial<Attempt>, state: DownloadState = { kind: 'queued' }) {
  await db.put('downloads', aDownload({ state, attemptId: id }));
  await db.put('attempts', anAttempt(attempt));
}

/** Commits bytes `start` to `end` as the holder of `epoch`. */
function commit(epoch: number, start: number, end: number, validator?: string) {
  const entry = anEntry(start, end - start);
  const blob = new Blob(['x'.repeat(end - start)]);
  return commitSegment(db, { attemptId: id, epoch, entry, blob, validator });
}

describe('commitSegment', () => {
  it('writes bytes and journal together', async () => {
    await given({ epoch: 1 });
    expect(await commit(1, 0, 10)).toBe('committed');
    expect((await getAttempt(db, id))?.journal).toEqual([anEntry(0, 10)]);
    expect(await (await getSegment(db, id, 0))?.blob.text()).toBe('xxxxxxxxxx');
  });

  it('keeps the journal in file order, however the segments come', async () => {
    await given({ epoch: 1 });
    for (const start of [20, 0, 10]) await commit(1, start, start + 10);
    const journal = (await getAttempt(db, id))?.journal;
    expect(journal?.map(({ offsetBytes }) => offsetBytes)).toEqual([0, 10, 20]);
  });

  it.each([0, 2])('writes nothing for a holder of epoch %d when it is 1', async (epoch) => {
    await given({ epoch: 1 });
    expect(await commit(epoch, 0, 10)).toBe('fenced');
    expect((await getAttempt(db, id))?.journal).toEqual([]);
    expect(await listSegmentOffsets(db, id)).toEqual([]);
  });

  it('writes nothing for an attempt that is gone', async () => {
    expect(await commit(0, 0, 10)).toBe('fenced');
    expect(await listSegmentOffsets(db, id)).toEqual([]);
  });

  it.each([
    ['the same bytes', 10, 20],
    ['a beginning', 5, 11],
    ['an end', 19, 30],
    ['a part', 12, 15],
    ['more than all', 0, 30],
  ])('leaves %s to whoever was first', async (_name, start, end) => {
    await given({ epoch: 1, journal: [anEntry(10, 10, 'first')] });
    expect(await commit(1, start, end)).toBe('present');
    expect((await getAttempt(db, id))?.journal).toEqual([anEntry(10, 10, 'first')]);
    expect(await listSegmentOffsets(db, id)).toEqual([]);
  });

  it('takes what only touches', async () => {
    await given({ epoch: 1, journal: [anEntry(10, 10)] });
    expect(await commit(1, 0, 10)).toBe('committed');
    expect(await commit(1, 20, 30)).toBe('committed');
  });

  it('lets one of two writers win that come at the same time', async () => {
    await given({ epoch: 1 });
    const outcomes = await Promise.all([commit(1, 0, 10), commit(1, 5, 15)]);
    expect(outcomes).toEqual(['committed', 'present']);
    expect((await getAttempt(db, id))?.journal).toEqual([anEntry(0, 10)]);
  });

  it('makes the first validator the one of the whole attempt', async () => {
    await given({ epoch: 1 });
    await commit(1, 0, 10);
    await commit(1, 10, 20, '"a"');
    expect((await getAttempt(db, id))?.validator).toBe('"a"');
    expect(await commit(1, 20, 30, '"b"')).toBe('foreign');
    expect(await listSegmentOffsets(db, id)).toEqual([0, 10]);
  });
});

describe('takeLease', () => {
  const lease = (epoch: number): Lease => ({
    engine: 'foreground',
    owner: `life ${epoch}`,
    clientId: undefined,
    expiresAt: 1000,
  });
  const free = () => true;
  const held = () => false;

  it.each(['queued', 'active'] as const)(
    'puts a %s download to work, under a new epoch',
    async (kind) => {
      await given({ epoch: 4 }, { kind });
      const taken = await takeLease(db, id, held, lease);
      expect(taken).toMatchObject({ epoch: 5, lease: lease(5) });
      expect(await getAttempt(db, id)).toEqual(taken);
      expect((await db.get('downloads', episodeId))?.state).toEqual({ kind: 'active' });
    },
  );

  it('takes over from a lease that is dead', async () => {
    await given({ epoch: 4, lease: lease(4) });
    const asked: Lease[] = [];
    const taken = await takeLease(db, id, (it) => asked.push(it) > 0, lease);
    expect(taken?.epoch).toBe(5);
    expect(asked).toEqual([lease(4)]);
  });

  it('leaves a lease that is alive', async () => {
    await given({ epoch: 4, lease: lease(4) });
    expect(await takeLease(db, id, held, lease)).toBeUndefined();
    expect((await getAttempt(db, id))?.epoch).toBe(4);
    expect((await db.get('downloads', episodeId))?.state).toEqual({ kind: 'queued' });
  });

  it('is given to one of two who come at the same time', async () => {
    await given({ epoch: 0 });
    const takers = await Promise.all([
      takeLease(db, id, held, lease),
      takeLease(db, id, held, lease),
    ]);
    expect(takers.map((it) => it?.epoch)).toEqual([1, undefined]);
  });

  it.each<DownloadState>([
    { kind: 'paused', reason: 'user' },
    { kind: 'paused', reason: 'retry' },
    { kind: 'verifying' },
    { kind: 'committed' },
    { kind: 'failed', failure: { code: 'offline' } },
    { kind: 'evicted' },
    { kind: 'deleting', again: false },
  ])('is not given for a download that is $kind', async (state) => {
    await given({ epoch: 4 }, state);
    expect(await takeLease(db, id, free, lease)).toBeUndefined();
    expect((await db.get('downloads', episodeId))?.state).toEqual(state);
  });

  it('is not given for an attempt that its download has left behind, or that is gone', async () => {
    await db.put('downloads', aDownload({ attemptId: 'another' as AttemptId }));
    await db.put('attempts', anAttempt());
    expect(await takeLease(db, id, free, lease)).toBeUndefined();
    expect(await takeLease(db, 'gone' as AttemptId, free, lease)).toBeUndefined();
  });

  it('fences the writer before', async () => {
    await given({ epoch: 1, lease: lease(1) }, { kind: 'active' });
    await takeLease(db, id, free, lease);
    expect(await commit(1, 0, 10)).toBe('fenced');
    expect(await commit(2, 0, 10)).toBe('committed');
  });

  it('is fenced by a delete', async () => {
    await given({ epoch: 1, lease: lease(1) }, { kind: 'active' });
    await transition(db, episodeId, { type: 'deleted' });
    expect(await commit(1, 0, 10)).toBe('fenced');
    expect((await getAttempt(db, id))?.lease).toBeUndefined();
  });
});

describe('changeAttempt', () => {
  it('changes what it is told, for the holder of the epoch alone', async () => {
    await given({ epoch: 1, totalBytes: undefined });
    await changeAttempt(db, id, 0, { totalBytes: 1 });
    await changeAttempt(db, id, 2, { totalBytes: 2 });
    expect((await getAttempt(db, id))?.totalBytes).toBeUndefined();
    await changeAttempt(db, id, 1, { totalBytes: 3 });
    expect(await getAttempt(db, id)).toEqual(anAttempt({ epoch: 1, totalBytes: 3 }));
  });

  it('does not bring back an attempt that is gone', async () => {
    await changeAttempt(db, id, 0, { totalBytes: 1 });
    expect(await getAttempt(db, id)).toBeUndefined();
  });
});

describe('changeLease', () => {
  const lease: Lease = {
    engine: 'background-fetch',
    owner: 'attempt:1',
    clientId: undefined,
    expiresAt: 5,
  };

  it('gives the holder another time', async () => {
    await given({ epoch: 1, lease });
    await changeLease(db, id, 'attempt:1', { expiresAt: 9 });
    expect((await getAttempt(db, id))?.lease).toEqual({ ...lease, expiresAt: 9 });
  });

  it.each([
    ['a lease that was given back', undefined],
    ['another holder', { ...lease, owner: 'attempt:2' }],
  ])('does not bring back what has gone: %s', async (_name, current) => {
    await given({ epoch: 1, lease: current });
    await changeLease(db, id, 'attempt:1', { expiresAt: 9 });
    expect((await getAttempt(db, id))?.lease).toEqual(current);
  });
});

describe('forgetMissingBytes', () => {
  it('strikes what is gone, and not what is committed at the same time', async () => {
    await given({ epoch: 1 });
    await commit(1, 0, 10);
    await commit(1, 10, 20);
    await db.delete('segments', [id, 0]);
    await Promise.all([forgetMissingBytes(db, id), commit(1, 20, 30)]);
    expect((await getAttempt(db, id))?.journal).toEqual([anEntry(10, 10), anEntry(20, 10)]);
  });
});

describe('deleteAttempt', () => {
  it('takes the bytes with it, or nothing', async () => {
    await given({ epoch: 1 });
    await commit(1, 0, 10);
    await deleteAttempt(db, id);
    expect(await getAttempt(db, id)).toBeUndefined();
    expect(await listSegmentOffsets(db, id)).toEqual([]);
  });
});
