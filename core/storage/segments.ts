import type { AttemptId } from '../model/ids.ts';
import type { Database } from './database.ts';
import type { StoredSegment } from './schema.ts';

export function getSegment(
  db: Database,
  attemptId: AttemptId,
  offsetBytes: number,
): Promise<StoredSegment | undefined> {
  return db.get('segments', [attemptId, offsetBytes]);
}

/** The offsets of all stored segments of one attempt, ascending. Reads no bytes. */
export async function listSegmentOffsets(db: Database, attemptId: AttemptId): Promise<number[]> {
  const keys = await db.getAllKeys('segments', segmentsOf(attemptId));
  return keys.map(([, offsetBytes]) => offsetBytes);
}

/** The attempts that own at least one stored segment. One step per attempt, however many segments. */
export async function listSegmentOwners(db: Database): Promise<AttemptId[]> {
  const store = db.transaction('segments').store;
  const owners: AttemptId[] = [];
  let cursor = await store.openKeyCursor();
  while (cursor) {
    const [attemptId] = cursor.key;
    owners.push(attemptId);
    cursor = await cursor.continue([attemptId, Number.POSITIVE_INFINITY]);
  }
  return owners;
}

/** The keys of all segments of one attempt. */
export function segmentsOf(attemptId: AttemptId): IDBKeyRange {
  return IDBKeyRange.bound([attemptId, 0], [attemptId, Number.POSITIVE_INFINITY]);
}
