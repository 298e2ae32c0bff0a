import type { ParsedEpisode, ParsedFeed } from '../model/parsed-feed.ts';
import { parseDate } from './dates.ts';
import { readArtwork, readEpisodeExtensions, readFeedExtensions } from './extensions.ts';
import { linkTo } from './links.ts';
import { escapeHtml, htmlToText, singleLine } from './plain-text.ts';
import { firstOf, type XmlElement } from './xml-element.ts';

/** Atom (RFC 4287). `feed` is the document's root, without its entries. */
export function readAtom(feed: XmlElement, episodes: ParsedEpisode[]): ParsedFeed {
  return {
    title: readTitle(feed),
    link: linkTo('alternate', feed),
    description: readHtml(feed, 'atom:subtitle') ?? feed.html('itunes:summary'),
    imageUrl:
      readArtwork(feed) ?? feed.first('atom:logo')?.address() ?? feed.first('atom:icon')?.address(),
    language: feed.attribute('xml:lang') ?? feed.line('dc:language'),
    author: feed.line('itunes:author') ?? feed.first('atom:author')?.line('atom:name'),
    nextPageUrl: linkTo('next', feed),
    ...readFeedExtensions(feed),
    episodes,
  };
}

export function readAtomEntry(entry: XmlElement): ParsedEpisode {
  return {
    guid: entry.line('atom:id'),
    title: readTitle(entry) ?? entry.line('itunes:title'),
    link: linkTo('alternate', entry),
    description:
      readHtml(entry, 'atom:content') ??
      readHtml(entry, 'atom:summary') ??
      entry.html('itunes:summary'),
    // Only `updated` is required; for an entry that never says more it is the one date it has.
    publishedAt: parseDate(entry.line('atom:published') ?? entry.line('atom:updated')),
    ...readEpisodeExtensions(entry),
  };
}

function readTitle(element: XmlElement): string | undefined {
  return firstOf(element.all('atom:title'), (title) =>
    singleLine(title.attribute('type') === 'html' ? htmlToText(title.text) : title.text),
  );
}

/** A text construct as HTML. Without a type it is plain text, and `<` in it is a character. */
function readHtml(element: XmlElement, name: string): string | undefined {
  return firstOf(element.all(name), (construct) => {
    const text = construct.text.trim();
    const type = construct.attribute('type') ?? 'text';
    if (type === 'xhtml') return /^<div[^<>]*>(.*)<\/div>$/s.exec(text)?.[1]?.trim() ?? text;
    return (type === 'text' ? escapeHtml(text) : text) || undefined;
  });
}
