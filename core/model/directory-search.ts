import type { Failure } from './failure.ts';
import type { PodcastId } from './ids.ts';

/** A podcast that a directory knows, as the gateway passes it on: clean, cut, and no more than this. */
export interface FoundPodcast {
  title: string;
  author: string | undefined;
  feedUrl: string;
  imageUrl: string | undefined;
  /** Plain text. */
  description: string | undefined;
  episodeCount: number | undefined;
}

/** A podcast in an answer that was kept. */
export interface DirectoryResult extends FoundPodcast {
  /** Of its address: whoever subscribes names the podcast by it, and never by the address. */
  id: PodcastId;
  /** Set once it was subscribed to from here; differs from `id` where the feed has moved. */
  subscribedAs: PodcastId | undefined;
}

/** A question to the directory, and its answer: a row of the `searches` store, keyed by `query`. */
export interface DirectorySearch {
  /** As `searchKey` writes it. */
  query: string;
  askedAt: number;
  /** When the results came; `undefined` while there never were any. */
  answeredAt: number | undefined;
  /** Of the last good answer, in the directory's order. */
  results: DirectoryResult[];
  /** Why the last question was not answered; `undefined` after a good one, and while it is under way. */
  failure: Failure | undefined;
}

/** Longer questions are cut: nobody types them. */
export const MAX_QUERY_LENGTH = 200;

/**
 * What was typed, as it is asked and remembered: two ways to write the same question are one. Empty
 * where nothing is left to ask for.
 */
export function searchKey(typed: string): string {
  const start = typed.slice(0, 4 * MAX_QUERY_LENGTH).normalize('NFKC');
  // Half of a surrogate pair cannot be written into an address.
  const clean = start.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ').replace(/\s+/g, ' ');
  return clean
    .trim()
    .toLowerCase()
    .slice(0, MAX_QUERY_LENGTH)
    .replace(/\p{Cs}$/u, '')
    .trim();
}
