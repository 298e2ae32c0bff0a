import { type AutoDownload, NO_AUTO_DOWNLOAD } from './auto-download.ts';
import type { PodcastId } from './ids.ts';
import type { OwnRule } from './retention.ts';

/**
 * What a person has decided about a podcast, and how far they and the worker have come with its new
 * episodes: a row of the `subscriptions` store. Apart from the podcast's own row, because that is
 * written anew by every reading of the feed.
 */
export interface Subscription {
  podcastId: PodcastId;
  /** When its feed was last asked for, and when that ended, well or not: ms since 1970, 0 for never. */
  triedAt: number;
  answeredAt: number;
  /**
   * How many readings of the feed have brought something new; see `Episode.arrival`. The three below
   * are arrivals, too: up to where a person has looked, was told, and auto-download has decided.
   * Counted, not timed, so that no clock can make old episodes new again.
   */
  arrivals: number;
  seen: number;
  announced: number;
  /** `null`: about nothing yet. */
  decided: number | null;
  /** Whether new episodes are announced, where the app may announce at all. */
  announce: boolean;
  autoDownload: AutoDownload;
  /** What of it stays downloaded; `null`: what the settings say of every podcast. */
  keepNewest: OwnRule | null;
}

/** One decision of a person; the others stay as they are. */
export type SubscriptionChange =
  | Pick<Subscription, 'announce'>
  | Pick<Subscription, 'autoDownload'>
  | Pick<Subscription, 'keepNewest'>;

/** What holds of a podcast that nobody has decided about. */
export function freshSubscription(podcastId: PodcastId): Subscription {
  return {
    podcastId,
    triedAt: 0,
    answeredAt: 0,
    arrivals: 0,
    seen: 0,
    announced: 0,
    decided: null,
    announce: true,
    autoDownload: NO_AUTO_DOWNLOAD,
    keepNewest: null,
  };
}

/** Whether something has come that nobody has looked at. */
export function hasNew({ arrivals, seen }: Subscription): boolean {
  return arrivals > seen;
}
