import { beforeEach, describe, expect, it } from 'vitest';
import type { Download, DownloadState } from '../model/download.ts';
import type { AttemptId, EpisodeId } from '../model/ids.ts';
import { getAttempt, listAttempts } from './attempts.ts';
import type { Database } from './database.ts';
import {
  beginAttempt,
  commitDownload,
  getDownload,
  listDownloads,
  transition,
} from './downloads.ts';
import { emptyDatabase } from './testing/empty-database.ts';
import { aDownload, anAttempt, anEntry } from './testing/rows.ts';

const episodeId = 'episode' as EpisodeId;
const attemptId = 'attempt' as AttemptId;

let db: Database;

beforeEach(async () => {
  db = await emptyDatabase();
});

async function given(facts: Partial<Download>): Promise<void> {
  await db.put('downloads', aDownload(facts));
}

async function stateNow(): Promise<DownloadState | undefined> {
  return (await getDownload(db, episodeId))?.state;
}

describe('transition', () => {
  it('makes a row for the first wish, at the end of the queue', async () => {
    for (const id of ['a', 'b', 'c'] as EpisodeId[])
      await transition(db, id, { type: 'requested' });
    const rows = await listDownloads(db);
    expect(rows.map((row) => [row.episodeId, row.position, row.state.kind])).toEqual([
      ['a', 0, 'queued'],
      ['b', 1, 'queued'],
      ['c', 2, 'queued'],
    ]);
  });

  it('gives wishes that come together places of their own', async () => {
    const ids = ['a', 'b', 'c'] as EpisodeId[];
    await Promise.all(ids.map((id) => transition(db, id, { type: 'requested' })));
    const places = (await listDownloads(db)).map(({ position }) => position);
    expect(places).toEqual([0, 1, 2]);
  });

  it('keeps the place of an episode that is asked for again', async () => {
    await given({ position: 3, state: { kind: 'failed', failure: { code: 'offline' } } });
    const { row } = await transition(db, episodeId, { type: 'requested' });
    expect(row).toMatchObject({ position: 3, state: { kind: 'queued' } });
  });

  it('makes no row for an event that means nothing', async () => {
    expect((await transition(db, episodeId, { type: 'stored' })).row).toBeUndefined();
    expect(await listDownloads(db)).toEqual([]);
  });

  it('changes other fields along with the state, in the same row', async () => {
    await given({ state: { kind: 'active' }, attemptId });
    const change = { retries: 2, retryAt: 5000 };
    const { row } = await transition(
      db,
      episodeId,
      { type: 'interrupted', reason: 'retry' },
      change,
    );
    expect(row).toEqual(await getDownload(db, episodeId));
    expect(row).toMatchObject({ ...change, attemptId, state: { kind: 'paused', reason: 'retry' } });
  });

  it('leaves the whole row as it is when the event means nothing in its state', async () => {
    await given({ state: { kind: 'committed' }, committedAttemptId: attemptId });
    const { row } = await transition(
      db,
      episodeId,
      { type: 'requested' },
      { attemptId: undefined },
    );
    expect(row).toEqual(aDownload({ state: { kind: 'committed' }, committedAttemptId: attemptId }));
  });

  it('fences every attempt of an episode that is deleted, and no other', async () => {
    await given({ state: { kind: 'active' }, attemptId });
    await db.put('attempts', anAttempt({ id: attemptId, epoch: 3 }));
    await db.put('attempts', anAttempt({ id: 'older' as AttemptId, epoch: 0 }));
    const other = anAttempt({ id: 'other' as AttemptId, episodeId: 'x' as EpisodeId, epoch: 7 });
    await db.put('attempts', other);
    await transition(db, episodeId, { type: 'deleted' });
    const epochs = (await listAttempts(db)).map(({ id, epoch }) => [id, epoch]);
    expect(epochs).toEqual([
      ['attempt', 4],
      ['older', 1],
      ['other', 7],
    ]);
  });

  it('forgets the row of a deleted episode once its bytes are gone', async () => {
    await given({ state: { kind: 'deleting', again: false } });
    expect((await transition(db, episodeId, { type: 'cleared' })).row).toBeUndefined();
    expect(await getDownload(db, episodeId)).toBeUndefined();
  });

  it('begins anew, in its place, what was asked for again while it went', async () => {
    await given({ position: 4, attemptId, restarts: 2, retries: 1, endedAtBytes: 9 });
    await transition(db, episodeId, { type: 'deleted' });
    await transition(db, episodeId, { type: 'requested' });
    await transition(db, episodeId, { type: 'cleared' });
    expect(await getDownload(db, episodeId)).toEqual(aDownload({ position: 4 }));
  });
});

describe('beginAttempt', () => {
  it.each(['queued', 'active'] as const)('gives a %s download its attempt', async (kind) => {
    await given({ state: { kind } });
    expect(await beginAttempt(db, anAttempt(), undefined)).toBe(true);
    expect((await getDownload(db, episodeId))?.attemptId).toBe(attemptId);
    expect(await getAttempt(db, attemptId)).toEqual(anAttempt());
  });

  it('stores nothing when another attempt was begun meanwhile', async () => {
    await given({ attemptId: 'other' as AttemptId });
    expect(await beginAttempt(db, anAttempt(), undefined)).toBe(false);
    expect(await listAttempts(db)).toEqual([]);
  });

  it.each<DownloadState>([
    { kind: 'paused', reason: 'user' },
    { kind: 'deleting', again: false },
    { kind: 'committed' },
  ])('stores nothing for a download that is $kind by now', async (state) => {
    await given({ state });
    expect(await beginAttempt(db, anAttempt(), undefined)).toBe(false);
    expect(await listAttempts(db)).toEqual([]);
  });

  it('stores nothing for a download that is gone', async () => {
    expect(await beginAttempt(db, anAttempt(), undefined)).toBe(false);
    expect(await listAttempts(db)).toEqual([]);
  });
});

describe('commitDownload', () => {
  const complete = anAttempt({ epoch: 2, totalBytes: 10, journal: [anEntry(0, 10)] });

  beforeEach(async () => {
    await db.put('segments', { attemptId, offsetBytes: 0, blob: new Blob(['x'.repeat(10)]) });
  });

  it('flips the pointer and lets go of the lease, in one step', async () => {
    const lease = { engine: 'foreground', owner: '', clientId: undefined, expiresAt: 0 } as const;
    await given({ state: { kind: 'verifying' }, attemptId, retries: 3, retryAt: 5 });
    await db.put('attempts', { ...complete, lease });
    expect(await commitDownload(db, episodeId, attemptId, 2, 7)).toBeDefined();
    const committed = { state: { kind: 'committed' }, committedAttemptId: attemptId } as const;
    expect(await getDownload(db, episodeId)).toEqual(
      aDownload({ ...committed, attemptId, storedAt: 7 }),
    );
    expect(await getAttempt(db, attemptId)).toEqual(complete);
  });

  it('does it once', async () => {
    await given({ state: { kind: 'verifying' }, attemptId });
    await db.put('attempts', complete);
    expect(await commitDownload(db, episodeId, attemptId, 2, 7)).toBeDefined();
    expect(await commitDownload(db, episodeId, attemptId, 2, 7)).toBeUndefined();
  });

  it.each<[string, Partial<Download>, number]>([
    ['the user deleted it', { state: { kind: 'deleting', again: false }, attemptId }, 2],
    ['it is not stored yet', { state: { kind: 'active' }, attemptId }, 2],
    ['it works on another attempt', { attemptId: 'other' as AttemptId }, 2],
    ['somebody else took over', { attemptId }, 1],
  ])('changes nothing when %s', async (_name, facts, epoch) => {
    await given({ state: { kind: 'verifying' }, ...facts });
    await db.put('attempts', complete);
    const before = await stateNow();
    expect(await commitDownload(db, episodeId, attemptId, epoch, 7)).toBeUndefined();
    expect(await stateNow()).toEqual(before);
    expect((await getDownload(db, episodeId))?.committedAttemptId).toBeUndefined();
  });

  it('changes nothing when bytes are gone that the journal names (I1)', async () => {
    await given({ state: { kind: 'verifying' }, attemptId });
    await db.put('attempts', complete);
    await db.delete('segments', [attemptId, 0]);
    expect(await commitDownload(db, episodeId, attemptId, 2, 7)).toBeUndefined();
    expect(await stateNow()).toEqual({ kind: 'verifying' });
  });

  it('changes nothing when the attempt is gone', async () => {
    await given({ state: { kind: 'verifying' }, attemptId });
    expect(await commitDownload(db, episodeId, attemptId, 2, 7)).toBeUndefined();
    expect(await stateNow()).toEqual({ kind: 'verifying' });
  });

  it.each([
    ['bytes are missing', { journal: [anEntry(0, 9)] }],
    ['the total is unknown', { totalBytes: undefined }],
  ])('changes nothing when %s (I1)', async (_name, facts) => {
    await given({ state: { kind: 'verifying' }, attemptId });
    await db.put('attempts', { ...complete, ...facts });
    expect(await commitDownload(db, episodeId, attemptId, 2, 7)).toBeUndefined();
  });
});
