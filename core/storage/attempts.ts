import type { Attempt, JournalEntry, Lease } from '../model/attempt.ts';
import { next } from '../model/download.ts';
import type { AttemptId, EpisodeId } from '../model/ids.ts';
import type { Database } from './database.ts';
import { segmentsOf } from './segments.ts';

export function getAttempt(db: Database, id: AttemptId): Promise<Attempt | undefined> {
  return db.get('attempts', id);
}

export function listAttempts(db: Database): Promise<Attempt[]> {
  return db.getAll('attempts');
}

export function listAttemptsOf(db: Database, episodeId: EpisodeId): Promise<Attempt[]> {
  return db.getAllFromIndex('attempts', 'byEpisode', episodeId);
}

/**
 * Takes the lease of an attempt that has none, or one that `isFree` calls dead, and puts its
 * download to `active` in the same transaction. Resolves with the attempt under its new epoch;
 * `undefined` when somebody else holds it, or the download is not wanted now.
 */
export async function takeLease(
  db: Database,
  id: AttemptId,
  isFree: (lease: Lease) => boolean,
  lease: (epoch: number) => Lease,
): Promise<Attempt | undefined> {
  const tx = db.transaction(['downloads', 'attempts'], 'readwrite', { durability: 'strict' });
  const attempt = await tx.objectStore('attempts').get(id);
  const download = attempt && (await tx.objectStore('downloads').get(attempt.episodeId));
  const state = download && next(download.state, { type: 'started' });
  if (
    !attempt ||
    download?.attemptId !== id ||
    state?.kind !== 'active' ||
    (attempt.lease && !isFree(attempt.lease))
  ) {
    await tx.done;
    return undefined;
  }
  const epoch = attempt.epoch + 1;
  const taken = { ...attempt, epoch, lease: lease(epoch) };
  await tx.objectStore('attempts').put(taken);
  await tx.objectStore('downloads').put({ ...download, state, retryAt: undefined });
  await tx.done;
  return taken;
}

/** Changes an attempt on behalf of the holder of `epoch`; a stranger changes nothing. */
export async function changeAttempt(
  db: Database,
  id: AttemptId,
  epoch: number,
  change: Partial<Pick<Attempt, 'lease' | 'totalBytes' | 'engine' | 'hashed'>>,
): Promise<void> {
  const tx = db.transaction('attempts', 'readwrite', { durability: 'strict' });
  const attempt = await tx.store.get(id);
  if (attempt?.epoch === epoch) await tx.store.put({ ...attempt, ...change });
  await tx.done;
}

/** Notes something on a lease, such as another time, if the holder is still the same. */
export async function changeLease(
  db: Database,
  id: AttemptId,
  owner: Lease['owner'],
  change: Partial<Pick<Lease, 'expiresAt' | 'besides'>>,
): Promise<void> {
  const tx = db.transaction('attempts', 'readwrite', { durability: 'strict' });
  const attempt = await tx.store.get(id);
  if (attempt?.lease?.owner === owner) {
    await tx.store.put({ ...attempt, lease: { ...attempt.lease, ...change } });
  }
  await tx.done;
}

export interface SegmentCommit {
  attemptId: AttemptId;
  epoch: number;
  entry: JournalEntry;
  blob: Blob;
  /** A strong ETag that came with these bytes; the first one becomes the attempt's validator. */
  validator: string | undefined;
}

/**
 * Bytes and their journal entry, in one transaction: both are there afterwards, or neither.
 * `fenced`: the writer's epoch is old, nothing is written. `present`: another writer was first.
 * `foreign`: the validator is not the attempt's, nothing is written.
 *
 * Rejects with `QuotaExceededError` when there is no room; then nothing is written either.
 */
export async function commitSegment(
  db: Database,
  { attemptId, epoch, entry, blob, validator }: SegmentCommit,
): Promise<'committed' | 'fenced' | 'present' | 'foreign'> {
  const tx = db.transaction(['attempts', 'segments'], 'readwrite');
  // Also settled when a write below fails first, so that it is never an unhandled rejection.
  const done = tx.done.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  const attempt = await tx.objectStore('attempts').get(attemptId);
  if (attempt?.epoch !== epoch) return 'fenced';
  if (validator && attempt.validator && validator !== attempt.validator) return 'foreign';
  if (attempt.journal.some((other) => overlaps(other, entry))) return 'present';
  const journal = [...attempt.journal, entry].sort((a, b) => a.offsetBytes - b.offsetBytes);
  tx.objectStore('segments')
    .put({ attemptId, offsetBytes: entry.offsetBytes, blob })
    .catch(() => undefined);
  tx.objectStore('attempts')
    .put({ ...attempt, journal, validator: attempt.validator ?? validator })
    .catch(() => undefined);
  const failure = await done;
  if (failure) throw failure.error;
  return 'committed';
}

export function overlaps(a: JournalEntry, b: JournalEntry): boolean {
  return (
    a.offsetBytes < b.offsetBytes + b.lengthBytes && b.offsetBytes < a.offsetBytes + a.lengthBytes
  );
}

/**
 * Removes an attempt and its bytes, in one transaction: a journal of bytes that are gone would be
 * gone on with, and committed.
 */
export async function deleteAttempt(db: Database, id: AttemptId): Promise<void> {
  const tx = db.transaction(['attempts', 'segments'], 'readwrite');
  await tx.objectStore('segments').delete(segmentsOf(id));
  await tx.objectStore('attempts').delete(id);
  await tx.done;
}

/**
 * Strikes those entries from a journal whose bytes are not there any more. Looks and strikes in one
 * transaction: a segment that is committed meanwhile stays.
 */
export async function forgetMissingBytes(db: Database, id: AttemptId): Promise<void> {
  const tx = db.transaction(['attempts', 'segments'], 'readwrite', { durability: 'strict' });
  const attempt = await tx.objectStore('attempts').get(id);
  const keys = await tx.objectStore('segments').getAllKeys(segmentsOf(id));
  const offsets = new Set(keys.map(([, offsetBytes]) => offsetBytes));
  const journal = attempt?.journal.filter(({ offsetBytes }) => offsets.has(offsetBytes));
  if (attempt && journal && journal.length < attempt.journal.length) {
    await tx.objectStore('attempts').put({ ...attempt, journal });
  }
  await tx.done;
}
