import { playingNow } from '../../core/messaging/playing.ts';
import { planRetention, type RetentionRules } from '../../core/model/retention.ts';
import { listStoredEpisodes } from '../../core/storage/stored-episodes.ts';
import type { StorageKeeper } from '../contexts.ts';
import type { RowReader } from './row-reader.ts';

/** The worker's own plan, on the same rows and locks, and nothing done about it. */
export async function previewRetention(
  reader: RowReader,
  rules: RetentionRules,
): ReturnType<StorageKeeper['whatWouldGo']> {
  const current = await playingNow(navigator.locks, document.baseURI);
  return planRetention(await reader.read((db) => listStoredEpisodes(db, current), []), rules);
}
