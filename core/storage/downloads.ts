import type { IDBPObjectStore, StoreNames } from 'idb';
import { type Attempt, receivedBytes } from '../model/attempt.ts';
import {
  type Download,
  type DownloadEffect,
  type DownloadEvent,
  type DownloadState,
  effectsOf,
  next,
} from '../model/download.ts';
import type { AttemptId, EpisodeId, PodcastId } from '../model/ids.ts';
import { NO_TRIES } from '../model/waiting.ts';
import type { Database } from './database.ts';
import type { StowawaySchema } from './schema.ts';
import { segmentsOf } from './segments.ts';

export async function getDownload(db: Database, id: EpisodeId): Promise<Download | undefined> {
  const row = await db.get('downloads', id);
  return row && complete(row);
}

/** In queue order. */
export async function listDownloads(db: Database): Promise<Download[]> {
  return (await db.getAllFromIndex('downloads', 'byPosition')).map(complete);
}

/** A row that an earlier version wrote does not have what came later. */
export function complete(row: Download): Download {
  return { ...emptyRow(row.episodeId, row.position), ...row };
}

/** What else of a row changes together with its state. */
export type RowChange = Partial<Omit<Download, 'episodeId' | 'state' | 'position'>>;

/** What one event made of one download. */
export interface Changed {
  episodeId: EpisodeId;
  /** As it is now; `undefined` when there is none. */
  row: Download | undefined;
  /** What follows, for the worker to carry out. */
  effects: DownloadEffect[];
}

/**
 * Applies one event to one download, in one strict transaction: once this resolves, what the user
 * asked for survives a crash.
 *
 * `deleted` also fences every attempt of the episode, so that no writer still at work can add bytes
 * to what is going away. `onlyIf` looks at the row inside the transaction; when it says no, nothing
 * is changed.
 */
export async function transition(
  db: Database,
  episodeId: EpisodeId,
  event: DownloadEvent,
  change: RowChange | ((row: Download | undefined) => RowChange) = {},
  onlyIf: (row: Download | undefined) => boolean = () => true,
): Promise<Changed> {
  const tx = db.transaction(['downloads', 'attempts'], 'readwrite', { durability: 'strict' });
  const downloads = tx.objectStore('downloads');
  const stored = await downloads.get(episodeId);
  const row = stored && complete(stored);
  const before: DownloadState = row?.state ?? { kind: 'absent' };
  const state = next(before, event);
  if (!onlyIf(row)) {
    await tx.done;
    return { episodeId, row, effects: [] };
  }
  const effects = effectsOf(before, state);
  if (state === before) {
    await tx.done;
    return { episodeId, row, effects };
  }
  if (event.type === 'deleted') {
    const attempts = tx.objectStore('attempts');
    for (const attempt of await attempts.index('byEpisode').getAll(episodeId)) {
      await attempts.put({ ...attempt, epoch: attempt.epoch + 1, lease: undefined });
    }
  }
  if (state.kind === 'absent') {
    await downloads.delete(episodeId);
    await tx.done;
    return { episodeId, row: undefined, effects };
  }
  const last = row ? undefined : await downloads.index('byPosition').openKeyCursor(null, 'prev');
  const position = row?.position ?? (typeof last?.key === 'number' ? last.key + 1 : 0);
  const fresh = event.type === 'cleared' ? undefined : row;
  const changes = typeof change === 'function' ? change(row) : change;
  // A new download that was asked for while the old one went: which copy of it, was said with it.
  const chosen = event.type === 'cleared' && { source: row?.source };
  const changed = { ...(fresh ?? emptyRow(episodeId, position)), ...chosen, state, ...changes };
  await downloads.put(changed);
  await tx.done;
  return { episodeId, row: changed, effects };
}

/**
 * Removes a download with its attempts and all their bytes, by deletions alone, in one transaction:
 * where nothing fits any more, not even the row can be written that says it is to be deleted. A
 * writer still at work finds its attempt gone, and writes nothing.
 */
export async function eraseDownload(db: Database, episodeId: EpisodeId): Promise<void> {
  const stores = ['downloads', 'attempts', 'segments'] as const;
  const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
  const attempts = tx.objectStore('attempts');
  const segments = tx.objectStore('segments');
  for (const id of await attempts.index('byEpisode').getAllKeys(episodeId)) {
    await segments.delete(IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]));
    await attempts.delete(id);
  }
  await tx.objectStore('downloads').delete(episodeId);
  await tx.done;
}

/**
 * For a transaction of the caller: asks for an episode that was never asked for. One that was, in
 * whatever state it is now, stays as it is.
 */
export async function queueAbsent(
  downloads: IDBPObjectStore<
    StowawaySchema,
    ArrayLike<StoreNames<StowawaySchema>>,
    'downloads',
    'readwrite'
  >,
  episodeId: EpisodeId,
  change: RowChange,
): Promise<Changed[]> {
  if ((await downloads.getKey(episodeId)) !== undefined) return [];
  const state: DownloadState = { kind: 'queued' };
  const last = await downloads.index('byPosition').openKeyCursor(null, 'prev');
  const position = typeof last?.key === 'number' ? last.key + 1 : 0;
  const row = { ...emptyRow(episodeId, position), state, ...change };
  await downloads.put(row);
  return [{ episodeId, row, effects: effectsOf({ kind: 'absent' }, state) }];
}

function emptyRow(episodeId: EpisodeId, position: number): Download {
  return {
    episodeId,
    state: { kind: 'absent' },
    position,
    attemptId: undefined,
    committedAttemptId: undefined,
    restarts: 0,
    ...NO_TRIES,
    anyway: false,
    onlyUnmetered: false,
    turn: undefined,
    source: undefined,
    endedAtBytes: undefined,
    storedAt: undefined,
    keep: false,
    placed: false,
    removal: undefined,
    shortage: undefined,
  };
}

/**
 * Notes the next turn, behind all others. Nothing is lost where this is: the podcast has its turn a
 * little sooner again.
 */
export async function giveTurn(
  db: Database,
  episodeId: EpisodeId,
  podcastId: PodcastId,
): Promise<void> {
  const tx = db.transaction('downloads', 'readwrite');
  const rows = await tx.store.getAll();
  const row = rows.find((it) => it.episodeId === episodeId);
  const number = rows.reduce((last, { turn }) => Math.max(last, turn?.number ?? 0), 0) + 1;
  if (row) await tx.store.put({ ...row, turn: { podcastId, number } });
  await tx.done;
}

/**
 * Stores a new attempt and points its download at it, in place of the one it has now, if any.
 * `false`, and nothing stored, when the download no longer waits for one.
 */
export async function beginAttempt(
  db: Database,
  attempt: Attempt,
  replaced: AttemptId | undefined,
): Promise<boolean> {
  const tx = db.transaction(['downloads', 'attempts'], 'readwrite', { durability: 'strict' });
  const download = await tx.objectStore('downloads').get(attempt.episodeId);
  const waits = download?.state.kind === 'queued' || download?.state.kind === 'active';
  const wanted = waits && download.attemptId === replaced;
  if (wanted) {
    await tx.objectStore('downloads').put({ ...download, attemptId: attempt.id });
    await tx.objectStore('attempts').put(attempt);
  }
  await tx.done;
  return wanted;
}

/**
 * The commit of an episode: flips the pointer, in one strict transaction. `undefined`, and nothing
 * changed, when somebody else holds the attempt, bytes are missing (in the journal, or behind it), or
 * the user has changed their mind.
 */
export async function commitDownload(
  db: Database,
  episodeId: EpisodeId,
  attemptId: AttemptId,
  epoch: number,
  now: number,
): Promise<Changed | undefined> {
  const stores = ['downloads', 'attempts', 'segments'] as const;
  const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
  const download = await tx.objectStore('downloads').get(episodeId);
  const attempt = await tx.objectStore('attempts').get(attemptId);
  const keys = await tx.objectStore('segments').getAllKeys(segmentsOf(attemptId));
  const offsets = new Set(keys.map(([, offsetBytes]) => offsetBytes));
  const state = download && next(download.state, { type: 'verified' });
  const flips =
    state?.kind === 'committed' &&
    download?.state.kind === 'verifying' &&
    download.attemptId === attemptId &&
    attempt?.epoch === epoch &&
    receivedBytes(attempt) === attempt.totalBytes &&
    attempt.journal.every(({ offsetBytes }) => offsets.has(offsetBytes));
  if (!flips) {
    await tx.done;
    return undefined;
  }
  const committedAttemptId = attemptId;
  const row = {
    ...complete(download),
    state,
    committedAttemptId,
    ...NO_TRIES,
    anyway: false,
    placed: false,
    storedAt: now,
  };
  await tx.objectStore('attempts').put({ ...attempt, lease: undefined });
  await tx.objectStore('downloads').put(row);
  await tx.done;
  return { episodeId, row, effects: effectsOf(download.state, state) };
}
