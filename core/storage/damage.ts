import type { JournalEntry } from '../model/attempt.ts';
import { next } from '../model/download.ts';
import type { AttemptId, EpisodeId } from '../model/ids.ts';
import { overlaps } from './attempts.ts';
import type { Database } from './database.ts';

/*
 * A committed episode of which a segment turned out to be broken. All of it in one transaction each,
 * so that at no time the journal names bytes that are not there.
 */

/**
 * Takes a broken segment out of the journal, and the episode is not downloaded any more. What it was
 * is remembered, and the rest stays: it may be whole again soon. `false` where it is not (or no
 * longer) the one that is committed.
 */
export async function setAside(
  db: Database,
  episodeId: EpisodeId,
  attemptId: AttemptId,
  broken: JournalEntry,
): Promise<boolean> {
  const tx = db.transaction(['downloads', 'attempts'], 'readwrite', { durability: 'strict' });
  const download = await tx.objectStore('downloads').get(episodeId);
  const attempt = await tx.objectStore('attempts').get(attemptId);
  const isHeld = download?.committedAttemptId === attemptId || download?.attemptId === attemptId;
  const isShown = download?.state.kind === 'committed' || download?.state.kind === 'evicted';
  const journal = attempt?.journal.filter(({ offsetBytes }) => offsetBytes !== broken.offsetBytes);
  const found = attempt && isHeld && isShown && journal?.length === attempt.journal.length - 1;
  if (found) {
    const damaged = [...(attempt.damaged ?? []), broken];
    await tx.objectStore('attempts').put({ ...attempt, journal, damaged });
    const state = next(download.state, { type: 'evicted' });
    const pointers = { attemptId, committedAttemptId: undefined };
    await tx.objectStore('downloads').put({ ...download, state, ...pointers });
  }
  await tx.done;
  return found ?? false;
}

/** Forgets a broken segment of an attempt that is not committed yet, bytes and journal entry together. */
export async function dropBroken(
  db: Database,
  attemptId: AttemptId,
  epoch: number,
  { offsetBytes }: JournalEntry,
): Promise<void> {
  const tx = db.transaction(['attempts', 'segments'], 'readwrite', { durability: 'strict' });
  const attempt = await tx.objectStore('attempts').get(attemptId);
  if (attempt?.epoch === epoch) {
    const journal = attempt.journal.filter((entry) => entry.offsetBytes !== offsetBytes);
    await tx.objectStore('segments').delete([attemptId, offsetBytes]);
    await tx.objectStore('attempts').put({ ...attempt, journal });
  }
  await tx.done;
}

/**
 * Puts a segment back whose bytes are what the journal once said. `false` where somebody else has
 * taken the attempt over, or it is gone.
 */
export async function putBack(
  db: Database,
  attemptId: AttemptId,
  epoch: number,
  entry: JournalEntry,
  blob: Blob,
): Promise<boolean> {
  const tx = db.transaction(['attempts', 'segments'], 'readwrite', { durability: 'strict' });
  const attempt = await tx.objectStore('attempts').get(attemptId);
  const { offsetBytes } = entry;
  const damaged = attempt?.damaged?.filter((other) => other.offsetBytes !== offsetBytes);
  const fits = attempt?.epoch === epoch && damaged?.length === (attempt.damaged?.length ?? 0) - 1;
  if (fits) {
    // Its place may have been filled by an engine meanwhile.
    const isThere = attempt.journal.some((other) => overlaps(other, entry));
    const journal = isThere ? attempt.journal : [...attempt.journal, entry];
    journal.sort((a, b) => a.offsetBytes - b.offsetBytes);
    // Caught, so that a full disk rejects once, with the transaction.
    if (!isThere) {
      tx.objectStore('segments')
        .put({ attemptId, offsetBytes, blob })
        .catch(() => undefined);
    }
    tx.objectStore('attempts')
      .put({ ...attempt, journal, damaged })
      .catch(() => undefined);
  }
  await tx.done;
  return fits;
}

/** There is no way to have it whole again: what is left of the episode may go. */
export async function giveUp(
  db: Database,
  episodeId: EpisodeId,
  attemptId: AttemptId,
): Promise<boolean> {
  const tx = db.transaction('downloads', 'readwrite', { durability: 'strict' });
  const download = await tx.store.get(episodeId);
  const isLeft = download?.state.kind === 'evicted' && download.attemptId === attemptId;
  if (isLeft) await tx.store.put({ ...download, attemptId: undefined });
  await tx.done;
  return isLeft;
}
