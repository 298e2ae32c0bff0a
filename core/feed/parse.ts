import type { ParsedEpisode, ParsedFeed } from '../model/parsed-feed.ts';
import { safeWebAddress } from './address.ts';
import { readAtom, readAtomEntry } from './atom.ts';
import { FeedError } from './feed-error.ts';
import { readRss, readRssItem } from './rss.ts';
import { readFeedXml } from './xml-reader.ts';

export type { ParsedFeed } from '../model/parsed-feed.ts';
export { FeedError } from './feed-error.ts';

/** Characters; a feed that was cut to 25 MiB in bytes never has more. */
const MAX_LENGTH = 25 * 1024 * 1024;
const MAX_EPISODES = 50_000;

/**
 * Reads an RSS or Atom feed. `url` is where it was found: relative addresses are resolved against
 * it, where the feed has no `xml:base`. Addresses that are not `http:` or `https:` are dropped.
 *
 * Takes feeds as they are: undeclared prefixes, stray `&`, tags that are not closed. Throws a
 * `FeedError` for what is no feed, for one that ends in the middle, and for one beyond the limits.
 * A feed without a single enclosure is a feed; whether it is a podcast is for the caller to judge.
 */
export function parseFeed(xml: string, { url }: { url: string }): ParsedFeed {
  if (xml.length > MAX_LENGTH) {
    throw new FeedError('feed-too-large', `It has more than ${MAX_LENGTH} characters`);
  }
  const episodes: ParsedEpisode[] = [];
  const root = readFeedXml(xml, safeWebAddress(url), (episode) => {
    if (episodes.length >= MAX_EPISODES) {
      throw new FeedError('feed-too-large', `It has more than ${MAX_EPISODES} episodes`);
    }
    episodes.push(episode.name === 'item' ? readRssItem(episode) : readAtomEntry(episode));
  });
  return root.name === 'atom:feed' ? readAtom(root, episodes) : readRss(root, episodes);
}
