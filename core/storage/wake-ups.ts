import type { OutboxRun, WakeUp, WakeUpOutcome } from '../model/wake-up.ts';
import type { Database } from './database.ts';

/** So many are kept; the oldest goes first. */
export const MAX_WAKE_UPS = 50;

/** Stores one that has begun. Resolves with its key, for `endWakeUp`. */
export async function addWakeUp(db: Database, wakeUp: Omit<WakeUp, 'outcome'>): Promise<number> {
  const tx = db.transaction('wake-ups', 'readwrite');
  const key = await tx.store.add({ ...wakeUp, outcome: 'begun' });
  const surplus = (await tx.store.count()) - MAX_WAKE_UPS;
  let cursor = surplus > 0 ? await tx.store.openCursor() : null;
  for (let deleted = 0; cursor && deleted < surplus; deleted += 1) {
    await cursor.delete();
    cursor = await cursor.continue();
  }
  await tx.done;
  return key;
}

export async function endWakeUp(
  db: Database,
  key: number,
  outcome: Exclude<WakeUpOutcome, 'begun'>,
  outbox?: OutboxRun,
): Promise<void> {
  const tx = db.transaction('wake-ups', 'readwrite');
  const row = await tx.store.get(key);
  if (row) await tx.store.put({ ...row, outcome, outbox }, key);
  await tx.done;
}

/** Newest first. */
export async function listWakeUps(db: Database, limit = MAX_WAKE_UPS): Promise<WakeUp[]> {
  // A page opens whatever version is there: it may be newer than the database of an old worker.
  if (!db.objectStoreNames.contains('wake-ups')) return [];
  const rows: WakeUp[] = [];
  let cursor = await db.transaction('wake-ups').store.openCursor(null, 'prev');
  while (cursor && rows.length < limit) {
    rows.push(cursor.value);
    cursor = await cursor.continue();
  }
  return rows;
}
