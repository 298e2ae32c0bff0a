import type { FeedParser } from '../parser.ts';

declare const self: ServiceWorkerGlobalScope & { stowawayFeedParser?: FeedParser };

/**
 * The parser, loaded when it is first needed. A worker may only import scripts that it has imported
 * while it was installing; those are stored with it, and come without a network ever after
 * (https://w3c.github.io/ServiceWorker/#importscripts). So it is called once in `install`, too.
 */
export function feedParser(): FeedParser {
  if (!self.stowawayFeedParser) importScripts(new URL('feed-parser.js', self.location.href).href);
  if (!self.stowawayFeedParser) throw new Error('the feed parser did not load');
  return self.stowawayFeedParser;
}
