import '../parser.ts';
import type { FeedParser } from '../parser.ts';

declare const self: ServiceWorkerGlobalScope & { stowawayFeedParser: FeedParser };

/** Stands in for `feed-parser.ts` in `npm run dev`, where the worker is a module and cannot import later. */
export function feedParser(): FeedParser {
  return self.stowawayFeedParser;
}
