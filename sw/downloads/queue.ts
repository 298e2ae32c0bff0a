import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';

/** A download that could be worked on. */
export interface Candidate {
  episodeId: EpisodeId;
  podcastId: PodcastId;
  /** Place in the queue. */
  position: number;
  /** Work on it has begun, in a step before this one. */
  begun: boolean;
  /** The user has put it in its place: the order of the queue is what they want. */
  placed: boolean;
}

/** The last turn of each podcast; those that had none are not in it. Only the order means anything. */
export type Turns = ReadonlyMap<PodcastId, number>;

/**
 * Who comes when, the first `count` of them: what was begun is finished first, since half an episode is
 * of no use to anyone. Then what the user has put in order, in that order. Then the podcasts have their
 * turns, the one that has waited longest first, each with its own episodes in the order of the queue:
 * fifty episodes of one podcast do not keep a single one of another waiting.
 */
export function inOrder<T extends Candidate>(
  waiting: readonly T[],
  turns: Turns,
  count = waiting.length,
): T[] {
  const left = new Set(waiting);
  const then = new Map(turns);
  let last = Math.max(0, ...turns.values());
  const order: T[] = [];
  while (order.length < count) {
    const next = pickNext([...left], then);
    if (!next) break;
    left.delete(next);
    order.push(next);
    last += 1;
    if (!next.begun) then.set(next.podcastId, last);
  }
  return order;
}

function pickNext<T extends Candidate>(waiting: readonly T[], turns: Turns): T | undefined {
  return waiting.reduce<T | undefined>(
    (best, candidate) => (best && !isBefore(candidate, best, turns) ? best : candidate),
    undefined,
  );
}

function isBefore(one: Candidate, other: Candidate, turns: Turns): boolean {
  if (one.begun !== other.begun) return one.begun;
  if (one.placed !== other.placed && !one.begun) return one.placed;
  const wait = one.begun || one.placed ? 0 : lastTurn(one, turns) - lastTurn(other, turns);
  return wait === 0 ? one.position < other.position : wait < 0;
}

function lastTurn({ podcastId }: Candidate, turns: Turns): number {
  return turns.get(podcastId) ?? Number.NEGATIVE_INFINITY;
}
