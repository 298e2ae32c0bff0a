import type { EpisodeId } from '../model/ids.ts';
import type { Database } from './database.ts';
import type { Playback } from './schema.ts';

export function getPlayback(db: Database, id: EpisodeId): Promise<Playback | undefined> {
  return db.get('playback', id);
}

/** Of an episode that is in the library: a position of anything else would lie here for ever. */
export async function putPlayback(db: Database, playback: Playback): Promise<void> {
  // One transaction: nothing can be unsubscribed between the look and the writing.
  const tx = db.transaction(['episodes', 'playback'], 'readwrite');
  const isThere = (await tx.objectStore('episodes').getKey(playback.episodeId)) !== undefined;
  if (isThere) await tx.objectStore('playback').put(playback);
  await tx.done;
}
