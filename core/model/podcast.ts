import type { Failure } from './failure.ts';
import type { PodcastId } from './ids.ts';
import type { ParsedFeed } from './parsed-feed.ts';

/** One subscribed podcast: a row of the `podcasts` store, keyed by `id`. */
export interface Podcast extends Omit<ParsedFeed, 'title' | 'episodes'> {
  id: PodcastId;
  /** Where the feed is fetched. Typed by a person once, validated, then only changed by redirects. */
  feedUrl: string;
  /** The feed's title, or its host where it has none. */
  title: string;
  relayTokens: RelayToken[];
  addedAt: number;
  /** When the feed was last read to its end, changed or not. */
  refreshedAt: number;
  /** When an episode of it has last come or changed; none where that was before this was noted. */
  episodesChangedAt?: number | undefined;
  /** Validators of the feed itself, for conditional requests. */
  etag: string | undefined;
  lastModified: string | undefined;
  /** Why the last refresh failed; `undefined` after a good one. */
  refreshFailure: Failure | undefined;
}

/**
 * An address in the feed, and the token that the gateway exchanges for one that relays it. Only the
 * gateway that parsed the feed gives tokens; there are none where the feed did not come through one.
 */
export type RelayToken = [url: string, token: string];
