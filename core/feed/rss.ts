import type { ParsedEpisode, ParsedFeed } from '../model/parsed-feed.ts';
import { parseDate } from './dates.ts';
import { readArtwork, readEpisodeExtensions, readFeedExtensions } from './extensions.ts';
import { FeedError } from './feed-error.ts';
import { linkTo } from './links.ts';
import { firstOf, type XmlElement } from './xml-element.ts';

/** RSS 0.9x, 1.0 (RDF) and 2.0. `root` is the document's, without its items. */
export function readRss(root: XmlElement, episodes: ParsedEpisode[]): ParsedFeed {
  const channel = root.first('channel');
  if (!channel) throw new FeedError('feed-broken', 'There is no <channel> in it');
  // In RDF the picture stands beside the channel.
  const images = [...channel.all('image'), ...root.all('image')];
  return {
    title: channel.line('title'),
    link: firstOf(channel.all('link'), (link) => link.address()) ?? linkTo('alternate', channel),
    description: channel.html('description', 'itunes:summary'),
    imageUrl:
      readArtwork(channel) ??
      firstOf(images, (image) => image.first('url')?.address()) ??
      channel.first('atom:logo')?.address() ??
      channel.first('atom:icon')?.address(),
    language: channel.line('language') ?? channel.line('dc:language'),
    author: channel.line('itunes:author') ?? channel.line('dc:creator'),
    nextPageUrl: linkTo('next', channel),
    ...readFeedExtensions(channel),
    episodes,
  };
}

export function readRssItem(item: XmlElement): ParsedEpisode {
  return {
    guid: item.line('guid'),
    title: item.line('title') ?? item.line('itunes:title'),
    link: firstOf(item.all('link'), (link) => link.address()) ?? linkTo('alternate', item),
    description: item.html('content:encoded', 'description', 'itunes:summary'),
    publishedAt: parseDate(item.line('pubdate') ?? item.line('dc:date')),
    ...readEpisodeExtensions(item),
  };
}
