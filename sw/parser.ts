import { parseChapters } from '../core/feed/chapters.ts';
import { decodeFeed } from '../core/feed/decode.ts';
import { FeedError } from '../core/feed/feed-error.ts';
import { parseFeed } from '../core/feed/parse.ts';
import { parseTranscript } from '../core/feed/transcript.ts';
import { scrub } from './downloads/scrub.ts';
import { openCheck } from './integrity/integrity-check.ts';

/*
 * The second script of the worker: more than half of its code, for less than one in a thousand of
 * its starts. `feeds/feed-parser.ts` loads it when there is something to parse, to verify or to scrub.
 */

export interface FeedParser {
  parseFeed: typeof parseFeed;
  decodeFeed: typeof decodeFeed;
  FeedError: typeof FeedError;
  parseChapters: typeof parseChapters;
  parseTranscript: typeof parseTranscript;
  openCheck: typeof openCheck;
  scrub: typeof scrub;
}

declare const self: ServiceWorkerGlobalScope & { stowawayFeedParser?: FeedParser };

self.stowawayFeedParser = {
  parseFeed,
  decodeFeed,
  FeedError,
  parseChapters,
  parseTranscript,
  openCheck,
  scrub,
};
