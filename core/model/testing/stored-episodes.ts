import type { EpisodeId, PodcastId } from '../ids.ts';
import type { StoredEpisode } from '../retention.ts';

export const MB = 1e6;

/** `a1`: of podcast a, 10 MB. The later in a list, the newer. */
export function stored(...wishes: (Partial<StoredEpisode> & { name: string })[]): StoredEpisode[] {
  return wishes.map(({ name, ...facts }, index) => ({
    episodeId: name as EpisodeId,
    podcastId: name.slice(0, 1) as PodcastId,
    sizeBytes: 10 * MB,
    storedAt: index + 1,
    publishedAt: 0,
    isKept: false,
    isCurrent: false,
    heard: 'no',
    ...facts,
  }));
}

export const named = (names: string) => stored(...names.split(' ').map((name) => ({ name })));
export const ids = (plan: StoredEpisode[]) => plan.map(({ episodeId }) => episodeId).join(' ');
