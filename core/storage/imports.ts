import type { ImportCounts, ImportedFeed, ImportState } from '../model/feed-import.ts';
import type { Database } from './database.ts';

export type ImportKind = keyof ImportCounts;

const KINDS: readonly ImportKind[] = ['waiting', 'added', 'there', 'failed', 'cancelled'];

/** All rows of a kind, in the order of their list. */
function ofKind(kind: ImportState['kind']): IDBKeyRange {
  // An empty list comes after every number.
  return IDBKeyRange.bound([kind], [kind, []]);
}

/**
 * Adds a part of a list, in one strict transaction. Nothing of it is waiting before the last part is
 * here: a list is taken as a whole or not at all. The same part twice is once. What an earlier list
 * has left goes with the first row of a new one, but for what still waits there: so the senders take
 * turns (`inListTurn`).
 */
export async function addToImport(
  db: Database,
  importId: string,
  feeds: readonly Pick<ImportedFeed, 'address' | 'title' | 'position' | 'state'>[],
  { isLast }: { isLast: boolean },
): Promise<void> {
  const tx = db.transaction('imports', 'readwrite', { durability: 'strict' });
  const rows = new Map((await tx.store.getAll()).map((row) => [row.address, row]));
  const writes: Promise<unknown>[] = [];
  for (const { address, importId: other, state } of rows.values()) {
    if (other === importId || state.kind === 'waiting') continue;
    writes.push(tx.store.delete(address));
    rows.delete(address);
  }
  for (const feed of feeds) {
    if (!rows.has(feed.address)) rows.set(feed.address, { ...feed, importId, tries: 0 });
  }
  for (const row of rows.values()) {
    const isWaiting = isLast && row.state.kind === 'listed';
    writes.push(tx.store.put(isWaiting ? { ...row, state: { kind: 'waiting' } } : row));
  }
  await Promise.all([...writes, tx.done]);
}

export async function countImports(db: Database): Promise<ImportCounts> {
  const counts = { waiting: 0, added: 0, there: 0, failed: 0, cancelled: 0 };
  // A page opens whatever version is there: it may be newer than the database of an old worker.
  if (!db.objectStoreNames.contains('imports')) return counts;
  const tx = db.transaction('imports');
  await Promise.all(
    KINDS.map(async (kind) => {
      counts[kind] = await tx.store.index('byState').count(ofKind(kind));
    }),
  );
  return counts;
}

/** The first of a kind, in the order of their list. */
export function listImports(
  db: Database,
  kind: ImportKind,
  limit: number,
): Promise<ImportedFeed[]> {
  return db.getAllFromIndex('imports', 'byState', ofKind(kind), limit);
}

/** Notes that one that waits is begun; `undefined` where it does not wait any more. */
export function beginImport(db: Database, address: string): Promise<ImportedFeed | undefined> {
  return change(db, address, (row) => ({ ...row, tries: row.tries + 1 }));
}

/** It was not the feed's fault, and does not count as a try. */
export async function putBackImport(db: Database, address: string): Promise<void> {
  await change(db, address, (row) => ({ ...row, tries: Math.max(0, row.tries - 1) }));
}

/** How one ended; nothing is written for one that was cancelled meanwhile. */
export async function endImport(db: Database, address: string, state: ImportState): Promise<void> {
  await change(db, address, (row) => ({ ...row, state }));
}

/** What waits, waits no more. */
export function cancelImports(db: Database): Promise<void> {
  return changeAll(db, 'waiting', (row) => ({ ...row, state: { kind: 'cancelled' } }));
}

/** What was cancelled waits again, and with it what has failed. */
export async function resumeImports(db: Database): Promise<void> {
  const again = (row: ImportedFeed): ImportedFeed => {
    if (row.state.kind === 'failed' && row.state.failure.code === 'address-invalid') return row;
    return { ...row, tries: 0, state: { kind: 'waiting' } };
  };
  await changeAll(db, 'cancelled', again);
  await changeAll(db, 'failed', again);
}

/** Forgets every outcome. What still waits stays, and so does a list that is on its way. */
export async function clearImports(db: Database): Promise<void> {
  const tx = db.transaction('imports', 'readwrite', { durability: 'strict' });
  for (const { address, state } of await tx.store.getAll()) {
    if (state.kind !== 'waiting' && state.kind !== 'listed') await tx.store.delete(address);
  }
  await tx.done;
}

async function change(
  db: Database,
  address: string,
  next: (row: ImportedFeed) => ImportedFeed,
): Promise<ImportedFeed | undefined> {
  const tx = db.transaction('imports', 'readwrite');
  const row = await tx.store.get(address);
  const changed = row?.state.kind === 'waiting' ? next(row) : undefined;
  if (changed) await tx.store.put(changed);
  await tx.done;
  return changed;
}

async function changeAll(
  db: Database,
  kind: ImportKind,
  next: (row: ImportedFeed) => ImportedFeed,
): Promise<void> {
  const tx = db.transaction('imports', 'readwrite', { durability: 'strict' });
  const rows = await tx.store.index('byState').getAll(ofKind(kind));
  await Promise.all([...rows.map((row) => tx.store.put(next(row))), tx.done]);
}
