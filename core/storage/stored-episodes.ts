import type { EpisodeId } from '../model/ids.ts';
import { heardOf, type StoredEpisode } from '../model/retention.ts';
import type { Database } from './database.ts';

/**
 * Every downloaded episode with what decides whether it may go to make room, as of one moment.
 * `current`: the episodes that are in a player now. What the user has deleted already is not among
 * them, also while that can still be undone.
 */
export async function listStoredEpisodes(
  db: Database,
  current: ReadonlySet<EpisodeId>,
): Promise<(StoredEpisode & { title: string })[]> {
  const tx = db.transaction(['downloads', 'attempts', 'episodes', 'playback']);
  const stored: (StoredEpisode & { title: string })[] = [];
  for (const row of await tx.objectStore('downloads').getAll()) {
    const { episodeId, committedAttemptId, state, removal, keep, storedAt } = row;
    if (state.kind !== 'committed' || removal || !committedAttemptId) continue;
    const attempt = await tx.objectStore('attempts').get(committedAttemptId);
    const episode = await tx.objectStore('episodes').get(episodeId);
    if (!episode) continue;
    const playback = await tx.objectStore('playback').get(episodeId);
    stored.push({
      episodeId,
      podcastId: episode.podcastId,
      title: episode.title,
      sizeBytes: attempt?.totalBytes ?? 0,
      storedAt: storedAt ?? 0,
      publishedAt: episode.publishedAt,
      isKept: keep === true,
      isCurrent: current.has(episodeId),
      heard: heardOf(playback?.positionS, episode.durationS),
    });
  }
  return stored;
}
