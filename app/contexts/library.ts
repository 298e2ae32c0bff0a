import type { AutoDownload } from '../../core/model/auto-download.ts';
import type { DirectoryResult } from '../../core/model/directory-search.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { Outcome } from '../../core/model/failure.ts';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import type { Chapter } from '../../core/model/parsed-feed.ts';
import type { Podcast } from '../../core/model/podcast.ts';
import type { Subscription, SubscriptionChange } from '../../core/model/subscription.ts';
import type { Cue } from '../../core/model/transcript.ts';

/** The podcasts and episodes on this device, read from rows. */
export interface Library extends EventTarget {
  /** By title. */
  podcasts(): Promise<Podcast[]>;
  podcast(id: PodcastId): Promise<Podcast | undefined>;
  /** Newest first; of one podcast, or of all. */
  episodes(query: { podcastId?: PodcastId; limit: number }): Promise<Episode[]>;
  episode(id: EpisodeId): Promise<Episode | undefined>;
  chapters(episode: Episode): Promise<Chapter[]>;
  transcript(episode: Episode): Promise<Cue[]>;
  /** An address for `<img>`, one that works offline where it can; `undefined` without artwork. */
  artworkUrl(item: Podcast | Episode): string | undefined;
  /** The same for a podcast that the directory found for these words. */
  foundArtworkUrl(words: string, item: DirectoryResult): string | undefined;
  /**
   * Takes what a person typed. Resolves when the podcast and its episodes are stored, or, without a
   * network, when it is accepted: then `refreshedAt` is 0 until its feed is here.
   */
  subscribe(address: string): Promise<Outcome<PodcastId>>;
  /** Takes a podcast out of what the directory found for these words. */
  subscribeFound(words: string, id: PodcastId): Promise<Outcome<PodcastId>>;
  /** Whether all podcasts are being refreshed, by a press or by a pull. */
  readonly refreshing: boolean;
  /** Reads every feed again. Resolves with what came of it. */
  refreshAll(): Promise<Outcome<RefreshTotals>>;
  /** What the person has decided about each podcast, and how far they have looked. */
  subscriptions(): Promise<ReadonlyMap<PodcastId, Subscription>>;
  /** How many episodes have come of each podcast that nobody has looked at. */
  newCounts(): Promise<ReadonlyMap<PodcastId, number>>;
  /** The new episodes of a podcast, or without an id of all, have been looked at. */
  markSeen(id?: PodcastId): void;
  follow(id: PodcastId, change: SubscriptionChange): Promise<Outcome<unknown>>;
  /** What auto-download would take at once, if it were switched on with these rules. */
  previewAutoDownload(id: PodcastId, rules: AutoDownload): Promise<Episode[]>;
  /** `waits`: accepted, to be done when there is a network. */
  refresh(id: PodcastId): Promise<Outcome<{ changed: boolean; waits: boolean }>>;
  unsubscribe(id: PodcastId): Promise<void>;
}

export interface RefreshTotals {
  /** Podcasts that have something new, and such that could not be read. */
  changed: number;
  failed: number;
}

/** How this page hears from the gateway that feeds have changed. */
export interface LiveUpdates extends EventTarget {
  /**
   * `off`: there is no gateway or nothing to follow, or another tab does it. `paused`: this page is
   * hidden, offline, or on a connection that is metered.
   */
  readonly state: 'off' | 'connecting' | 'websocket' | 'server-sent-events' | 'paused';
}

/** Has things kept before they are needed. Hints: nothing waits for them, asking twice is once. */
export interface KeepAhead {
  /** Its cover. */
  podcast(id: PodcastId): void;
  /** Its picture, chapters and transcript. */
  episode(id: EpisodeId): void;
}
