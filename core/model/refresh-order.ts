import type { Podcast } from './podcast.ts';
import type { Subscription } from './subscription.ts';

/** A podcast that was read more recently is left in peace, where nobody has asked. */
const DUE_AFTER_MS = 6 * 60 * 60_000;
/** One whose host did not answer is not asked again at once. */
const TRY_AGAIN_MS = 15 * 60_000;

/** What the gateway takes at once. */
const MAX_AT_ONCE = 50;
/** Those that will certainly come back whole. */
const MAX_WHOLE = 10;
/** As many as the gateway fetches side by side: together they take no longer than one. */
const MAX_SLOW = 6;

export interface Refreshable {
  podcast: Pick<Podcast, 'id' | 'refreshedAt' | 'etag' | 'lastModified' | 'refreshFailure'>;
  subscription: Pick<Subscription, 'triedAt' | 'answeredAt'>;
}

/**
 * Whether its feed is to be read. `since` (ms since 1970): somebody wants all that were not read
 * since then; `null`: only those whose time has come.
 */
export function isDue(
  { podcast, subscription }: Refreshable,
  { since, now }: { since: number | null; now: number },
): boolean {
  const { triedAt, answeredAt } = subscription;
  // A clock that was set back must not keep a podcast from being read for years.
  const isPast = (at: number) => at <= now;
  if (since === null) {
    const isStale = Math.abs(now - podcast.refreshedAt) >= DUE_AFTER_MS;
    return isStale && Math.abs(now - triedAt) >= TRY_AGAIN_MS;
  }
  const lastAt = Math.max(...[answeredAt, podcast.refreshedAt].filter(isPast), 0);
  // Nor must one that is set back now have feeds read over and over.
  return lastAt < Math.min(since, now);
}

/**
 * What is asked for next, in one request: whatever has waited longest since it was last tried, so
 * that one on which a worker has died does not come first again. Those that took too long the last
 * time go last and among themselves: nobody else waits for them.
 */
export function nextBatch<Due extends Refreshable>(due: readonly Due[]): Due[] {
  const waiting = due.toSorted(
    (one, other) =>
      one.subscription.triedAt - other.subscription.triedAt ||
      one.podcast.refreshedAt - other.podcast.refreshedAt,
  );
  const quick = waiting.filter((it) => !isSlow(it));
  if (quick.length === 0) return waiting.slice(0, MAX_SLOW);
  let whole = 0;
  return quick
    .filter(({ podcast }) => {
      if (podcast.etag ?? podcast.lastModified) return true;
      whole += 1;
      return whole <= MAX_WHOLE;
    })
    .slice(0, MAX_AT_ONCE);
}

function isSlow({ podcast }: Refreshable): boolean {
  return podcast.refreshFailure?.code === 'feed-timeout';
}
