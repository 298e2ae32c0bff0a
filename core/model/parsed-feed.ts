/**
 * What a feed says, and nothing else: what it does not say is `undefined`, lists are empty.
 * Addresses are absolute. Times are milliseconds since 1970, durations seconds, sizes bytes.
 */
export interface ParsedFeed {
  title: string | undefined;
  link: string | undefined;
  /** May hold HTML, untrusted. */
  description: string | undefined;
  imageUrl: string | undefined;
  language: string | undefined;
  author: string | undefined;
  ownerName: string | undefined;
  ownerEmail: string | undefined;
  explicit: boolean | undefined;
  kind: 'episodic' | 'serial' | undefined;
  /** `podcast:guid`. */
  guid: string | undefined;
  /** `itunes:new-feed-url`. */
  newFeedUrl: string | undefined;
  /** `atom:link rel="next"` of a paged feed (RFC 5005). */
  nextPageUrl: string | undefined;
  funding: Funding[];
  persons: Person[];
  /** In the feed's order. */
  episodes: ParsedEpisode[];
}

/** A feed that says nothing about itself. */
export const SILENT_FEED = {
  link: undefined,
  description: undefined,
  imageUrl: undefined,
  language: undefined,
  author: undefined,
  ownerName: undefined,
  ownerEmail: undefined,
  explicit: undefined,
  kind: undefined,
  guid: undefined,
  newFeedUrl: undefined,
  nextPageUrl: undefined,
  funding: [],
  persons: [],
} satisfies Omit<ParsedFeed, 'title' | 'episodes'>;

export interface ParsedEpisode {
  guid: string | undefined;
  title: string | undefined;
  link: string | undefined;
  /** Show notes: HTML, untrusted. */
  description: string | undefined;
  publishedAt: number | undefined;
  durationS: number | undefined;
  explicit: boolean | undefined;
  season: number | undefined;
  episode: number | undefined;
  kind: 'full' | 'trailer' | 'bonus' | undefined;
  imageUrl: string | undefined;
  enclosure: Enclosure | undefined;
  alternateEnclosures: AlternateEnclosure[];
  chaptersUrl: string | undefined;
  /** Chapters written in the feed itself (Podlove Simple Chapters). */
  chapters: Chapter[];
  transcripts: TranscriptLink[];
  persons: Person[];
}

export interface Enclosure {
  url: string;
  type: string | undefined;
  /** What the feed claims. Often wrong: never used as a download's total. */
  sizeBytes: number | undefined;
}

export interface AlternateEnclosure {
  type: string | undefined;
  sizeBytes: number | undefined;
  bitrate: number | undefined;
  title: string | undefined;
  isDefault: boolean | undefined;
  /** Subresource-integrity string, as the feed gives it. */
  integrity: string | undefined;
  sources: { url: string; type: string | undefined }[];
}

export interface Chapter {
  startS: number;
  title: string | undefined;
  url?: string | undefined;
  imageUrl?: string | undefined;
}

export interface TranscriptLink {
  url: string;
  type: string | undefined;
  language?: string | undefined;
}

export interface Person {
  name: string;
  role: string | undefined;
  group: string | undefined;
  url: string | undefined;
  imageUrl: string | undefined;
}

export interface Funding {
  url: string;
  title: string | undefined;
}
