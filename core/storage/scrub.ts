import type { Database } from './database.ts';
import type { ScrubPlace } from './schema.ts';

/** There is one row: one pass over everything that is downloaded. */
const KEY = 'place';

/** `undefined` before the first pass. */
export function getScrubPlace(db: Database): Promise<ScrubPlace | undefined> {
  return db.get('scrub', KEY);
}

/** Nothing is lost where this is: some segments are read once more. */
export async function putScrubPlace(db: Database, place: ScrubPlace): Promise<void> {
  await db.put('scrub', place, KEY);
}
