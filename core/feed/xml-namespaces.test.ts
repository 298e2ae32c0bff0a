import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse.ts';

const url = 'https://example.com/show/feed.xml';

describe('names', () => {
  const parseRoot = (attributes: string, inside: string) =>
    parseFeed(`<rss ${attributes}><channel><item>${inside}</item></channel></rss>`, { url })
      .episodes[0];

  it('are known by their namespace, whatever the prefix', () => {
    const attributes =
      'xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:p="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"';
    const inside = '<i:duration>60</i:duration><p:season>2</p:season>';
    expect(parseRoot(attributes, inside)).toMatchObject({ durationS: 60, season: 2 });
  });

  it('are known by a well-known prefix that was never declared', () => {
    const inside = '<itunes:duration>60</itunes:duration><podcast:season>2</podcast:season>';
    expect(parseRoot('', inside)).toMatchObject({ durationS: 60, season: 2 });
  });

  it('mean something else where the prefix was given to another namespace', () => {
    const attributes = 'xmlns:itunes="https://example.com/other"';
    expect(
      parseRoot(attributes, '<itunes:duration>60</itunes:duration>')?.durationS,
    ).toBeUndefined();
  });

  it('may change their meaning on the way', () => {
    const inside = `<x:duration>1</x:duration><x:duration xmlns:x="http://www.itunes.com/DTDs/Podcast-1.0.dtd">2</x:duration>
      <link xmlns="http://www.w3.org/2005/Atom" rel="enclosure" href="a.mp3"/><link>/page</link>`;
    const episode = parseRoot('', inside);
    expect(episode).toMatchObject({ durationS: 2, link: 'https://example.com/page' });
    expect(episode?.enclosure?.url).toBe('https://example.com/show/a.mp3');
  });

  it('of RSS have no namespace, even where the feed declares one', () => {
    expect(parseRoot('xmlns="http://www.w3.org/2005/Atom"', '<title>One</title>')?.title).toBe(
      'One',
    );
  });

  it('may be in any case', () => {
    const feed = parseFeed(
      '<RSS><Channel><Item><Title>One</Title><PUBDATE>2020-01-01</PUBDATE></Item></Channel></RSS>',
      { url },
    );
    expect(feed.episodes[0]).toMatchObject({ title: 'One', publishedAt: Date.UTC(2020, 0, 1) });
  });
});
