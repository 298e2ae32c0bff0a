import { parseChapters } from '../core/feed/chapters.ts';
import { decodeFeed } from '../core/feed/decode.ts';
import { FeedError } from '../core/feed/feed-error.ts';
import { parseFeed } from '../core/feed/parse.ts';
import { parseTranscript } from '../core/feed/transcript.ts';
import { resumeHash } from './integrity/resumable-hash.ts';

/*
 * The second script of the worker: more than half of its code, for less than one in a thousand of
 * its starts. `feeds/feed-parser.ts` loads it when there is something to parse.
 */

export interface FeedParser {
  parseFeed: typeof parseFeed;
  decodeFeed: typeof decodeFeed;
  FeedError: typeof FeedError;
  parseChapters: typeof parseChapters;
  parseTranscript: typeof parseTranscript;
  resumeHash: typeof resumeHash;
}

declare const self: ServiceWorkerGlobalScope & { stowawayFeedParser?: FeedParser };

self.stowawayFeedParser = {
  parseFeed,
  decodeFeed,
  FeedError,
  parseChapters,
  parseTranscript,
  resumeHash,
};
