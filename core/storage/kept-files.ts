import type { Database } from './database.ts';
import type { KeptFile } from './schema.ts';

export type KeptFileKey = [keptIn: KeptFile['keptIn'], address: string];

/** How exactly the last use is known. Finer, and every look at a picture would be a write. */
const USE_STEP_MS = 60 * 60_000;

/** In no particular order. */
export function listKeptFiles(db: Database): Promise<KeptFile[]> {
  return db.getAll('kept-files');
}

export function getKeptFile(db: Database, key: KeptFileKey): Promise<KeptFile | undefined> {
  return db.get('kept-files', key);
}

export async function putKeptFile(db: Database, file: KeptFile): Promise<void> {
  await db.put('kept-files', file);
}

/** Forgetting what is not there is fine. */
export async function deleteKeptFile(db: Database, key: KeptFileKey): Promise<void> {
  await db.delete('kept-files', key);
}

/** Notes that a file was looked at. */
export async function noteUse(db: Database, key: KeptFileKey, now: number): Promise<void> {
  const file = await db.get('kept-files', key);
  if (!file || Math.abs(now - file.usedAt) < USE_STEP_MS) return;
  const tx = db.transaction('kept-files', 'readwrite');
  const current = await tx.store.get(key);
  if (current) await tx.store.put({ ...current, usedAt: now });
  await tx.done;
}

/**
 * Takes the one check of this file that is due in `everyMs`; `false` where another has it, or there
 * is no such file. Taken before the host is asked: a worker that dies then checks the next time.
 */
export async function claimCheck(
  db: Database,
  key: KeptFileKey,
  now: number,
  everyMs: number,
): Promise<boolean> {
  const file = await db.get('kept-files', key);
  if (!file || Math.abs(now - file.checkedAt) < everyMs) return false;
  const tx = db.transaction('kept-files', 'readwrite');
  const current = await tx.store.get(key);
  const claimed = current?.checkedAt === file.checkedAt;
  if (current && claimed) await tx.store.put({ ...current, checkedAt: now });
  await tx.done;
  return claimed;
}
