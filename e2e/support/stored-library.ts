import type { Page } from '@playwright/test';

/** One episode as the rows and the bytes have it. */
export interface StoredEpisode {
  title: string;
  /** The kind of its state, with the reason where it has one: `committed`, `paused:user`. */
  state: string;
  /** Rows of attempts; more than one is one too many. */
  attempts: number;
  receivedBytes: number;
  totalBytes: number | undefined;
  /** Of all bytes that are stored for it, in order, where it is shown as Downloaded. */
  sha256: string | undefined;
  /** What must not be, in words; empty where all is well. */
  faults: string[];
}

export interface StoredLibrary {
  episodes: StoredEpisode[];
  /** Attempts that no download wants, and stored segments that no journal has. */
  orphans: number;
}

/**
 * Reads every row and every byte, past the app: what is shown as Downloaded must be there whole, what
 * is journaled must be there with its digest, and nothing else may lie about. Empty where there is
 * no database.
 */
export function readStoredLibrary(page: Page): Promise<StoredLibrary> {
  return page.evaluate(readInPage);
}

async function readInPage(): Promise<StoredLibrary> {
  interface Entry {
    offsetBytes: number;
    lengthBytes: number;
    sha256: string;
  }
  interface Attempt {
    id: string;
    episodeId: string;
    totalBytes: number | undefined;
    journal: Entry[];
  }
  interface Download {
    episodeId: string;
    state: { kind: string; reason?: string };
    attemptId?: string;
    committedAttemptId?: string;
  }
  const db = await new Promise<IDBDatabase | undefined>((resolve, reject) => {
    const opening = indexedDB.open('stowaway');
    // Made by this very look: undone, or the worker would find a database without stores.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () =>
      opening.error?.name === 'AbortError' ? resolve(undefined) : reject(opening.error);
    opening.onsuccess = () => resolve(opening.result);
  });
  if (!db) return { episodes: [], orphans: 0 };
  // One transaction: a picture of one moment, whatever the worker is doing.
  const tx = db.transaction(['episodes', 'downloads', 'attempts', 'segments']);
  const all = <T>(store: string) =>
    new Promise<T[]>((resolve, reject) => {
      const reading = tx.objectStore(store).getAll();
      reading.onerror = () => reject(reading.error);
      reading.onsuccess = () => resolve(reading.result as T[]);
    });
  const [episodes, downloads, attempts, segments] = await Promise.all([
    all<{ id: string; title: string }>('episodes'),
    all<Download>('downloads'),
    all<Attempt>('attempts'),
    all<{ attemptId: string; offsetBytes: number; blob: Blob }>('segments'),
  ]);
  db.close();

  const digest = async (data: ArrayBuffer) =>
    Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', data)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');
  const journaled = new Set<unknown>();
  const described: StoredEpisode[] = [];
  for (const { episodeId, state, attemptId, committedAttemptId } of downloads) {
    const title = episodes.find(({ id }) => id === episodeId)?.title ?? episodeId;
    const faults: string[] = [];
    const isCommitted = state.kind === 'committed';
    const own = attempts.filter((attempt) => attempt.episodeId === episodeId);
    const attempt = own.find(({ id }) => id === (isCommitted ? committedAttemptId : attemptId));
    if (isCommitted && !attempt) faults.push('Downloaded, and there is no attempt');
    const blobs: Blob[] = [];
    let position = 0;
    for (const { offsetBytes, lengthBytes, sha256 } of attempt?.journal ?? []) {
      if (offsetBytes < position) faults.push(`journaled twice at ${offsetBytes}`);
      if (isCommitted && offsetBytes > position) faults.push(`nothing at ${position}`);
      position = offsetBytes + lengthBytes;
      const segment = segments.find(
        (one) => one.attemptId === attempt?.id && one.offsetBytes === offsetBytes,
      );
      journaled.add(segment);
      if (!segment) faults.push(`no segment at ${offsetBytes}`);
      else if (segment.blob.size !== lengthBytes) faults.push(`another length at ${offsetBytes}`);
      else if ((await digest(await segment.blob.arrayBuffer())) !== sha256)
        faults.push(`another digest at ${offsetBytes}`);
      if (segment) blobs.push(segment.blob);
    }
    if (isCommitted && position !== attempt?.totalBytes) faults.push(`ends at ${position}`);
    described.push({
      title,
      state: state.reason ? `${state.kind}:${state.reason}` : state.kind,
      attempts: own.length,
      receivedBytes: attempt?.journal.reduce((sum, entry) => sum + entry.lengthBytes, 0) ?? 0,
      totalBytes: attempt?.totalBytes,
      sha256: isCommitted ? await digest(await new Blob(blobs).arrayBuffer()) : undefined,
      faults,
    });
  }
  const wanted = downloads.flatMap((row) => [row.attemptId, row.committedAttemptId]);
  const stray = attempts.filter(({ id }) => !wanted.includes(id)).length;
  const loose = segments.filter((segment) => !journaled.has(segment)).length;
  return { episodes: described, orphans: stray + loose };
}
