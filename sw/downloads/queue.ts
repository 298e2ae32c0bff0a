import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';

/** How many episodes the foreground engine fetches side by side. */
export const MAX_AT_ONCE = 2;

/** A download that could be worked on. */
export interface Candidate {
  episodeId: EpisodeId;
  podcastId: PodcastId;
  /** Place in the queue. */
  position: number;
  /** Work on it has begun, in a step before this one. */
  begun: boolean;
}

/** The last turn of each podcast; those that had none are not in it. Only the order means anything. */
export type Turns = ReadonlyMap<PodcastId, number>;

/**
 * Who is next: what was begun is finished first, since half an episode is of no use to anyone. Then
 * the podcasts have their turns, the one that has waited longest first, each with its own episodes
 * in the order of the queue: fifty episodes of one podcast do not keep a single one of another
 * waiting.
 */
export function pickNext<T extends Candidate>(waiting: readonly T[], turns: Turns): T | undefined {
  return waiting.reduce<T | undefined>(
    (best, candidate) => (best && !isBefore(candidate, best, turns) ? best : candidate),
    undefined,
  );
}

function isBefore(one: Candidate, other: Candidate, turns: Turns): boolean {
  if (one.begun !== other.begun) return one.begun;
  const wait = one.begun ? 0 : lastTurn(one, turns) - lastTurn(other, turns);
  return wait === 0 ? one.position < other.position : wait < 0;
}

function lastTurn({ podcastId }: Candidate, turns: Turns): number {
  return turns.get(podcastId) ?? Number.NEGATIVE_INFINITY;
}
