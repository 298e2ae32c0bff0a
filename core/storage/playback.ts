import type { EpisodeId } from '../model/ids.ts';
import type { Database } from './database.ts';
import type { Playback } from './schema.ts';

export function getPlayback(db: Database, id: EpisodeId): Promise<Playback | undefined> {
  return db.get('playback', id);
}

export async function putPlayback(db: Database, playback: Playback): Promise<void> {
  await db.put('playback', playback);
}
