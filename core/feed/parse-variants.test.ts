import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse.ts';

const url = 'https://example.com/show/feed.xml';
const NAMESPACES = `
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:podcast="https://podcastindex.org/namespace/1.0"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:atom="http://www.w3.org/2005/Atom"`;

const parseChannel = (inside: string) =>
  parseFeed(
    `<?xml version="1.0"?><rss version="2.0" ${NAMESPACES}><channel>${inside}</channel></rss>`,
    { url },
  );
const parseItem = (inside: string) => parseChannel(`<item>${inside}</item>`).episodes[0];

describe('a podcast in RSS', () => {
  it.each([
    ['yes', true],
    ['True', true],
    ['explicit', true],
    ['no', false],
    ['false', false],
    ['clean', false],
    ['perhaps', undefined],
  ])('reads explicit %j', (text, explicit) => {
    expect(parseItem(`<itunes:explicit> ${text} </itunes:explicit>`)?.explicit).toBe(explicit);
  });

  it('falls back to the next best show notes', () => {
    expect(
      parseItem('<itunes:summary>s</itunes:summary><description>d</description>')?.description,
    ).toBe('d');
    expect(
      parseItem('<content:encoded> </content:encoded><itunes:summary>s</itunes:summary>')
        ?.description,
    ).toBe('s');
  });

  it('falls back to iTunes where the podcast namespace is missing or nonsense', () => {
    const episode =
      parseItem(`<podcast:season>first</podcast:season><itunes:season>4</itunes:season>
      <itunes:episode>0</itunes:episode><itunes:title>Pilot</itunes:title>`);
    expect(episode).toMatchObject({ season: 4, episode: 0, title: 'Pilot' });
  });

  it.each([
    [
      '<podcast:image purpose="social" href="s.jpg"/><podcast:image purpose="artwork" href="a.jpg"/>',
      'a',
    ],
    ['<image><url>u.jpg</url></image><atom:logo>l.jpg</atom:logo>', 'u'],
    ['<atom:icon>i.jpg</atom:icon><atom:logo>l.jpg</atom:logo>', 'l'],
    ['<atom:icon>i.jpg</atom:icon>', 'i'],
    ['<itunes:image href=""/><itunes:image>t.jpg</itunes:image>', 't'],
  ])('finds the picture in %s', (inside, name) => {
    expect(parseChannel(inside).imageUrl).toBe(`https://example.com/show/${name}.jpg`);
  });

  it('reads a feed of 1.0 (RDF)', () => {
    const feed = parseFeed(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><title>Old</title></channel><image><url>https://example.com/a.png</url></image>
        <item><title>One</title><dc:date>2004-01-02</dc:date></item></rdf:RDF>`,
      { url },
    );
    expect(feed).toMatchObject({ title: 'Old', imageUrl: 'https://example.com/a.png' });
    expect(feed.episodes[0]).toMatchObject({ title: 'One', publishedAt: Date.UTC(2004, 0, 2) });
  });
});
