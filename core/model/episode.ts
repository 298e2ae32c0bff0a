import type { EpisodeId, PodcastId } from './ids.ts';
import type { ParsedEpisode } from './parsed-feed.ts';
import type { RelayToken } from './podcast.ts';

/** One episode: a row of the `episodes` store, keyed by `id`. Written by the feed, read by everyone. */
export interface Episode extends Omit<ParsedEpisode, 'title' | 'publishedAt'> {
  id: EpisodeId;
  podcastId: PodcastId;
  title: string;
  /** 0 where the feed gives no date: such episodes sort last. */
  publishedAt: number;
  /** For the enclosure, the image, chapters and transcripts, where their hosts need it. */
  relayTokens: RelayToken[];
  /**
   * Which reading of the feed has brought it, counted from 1; none where it came with the
   * subscription, or from the podcast's past. See `arrival.ts`.
   */
  arrival?: number | undefined;
}
