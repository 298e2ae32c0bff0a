import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse.ts';

const url = 'https://example.com/show/feed.xml';
const NAMESPACES = `
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:podcast="https://podcastindex.org/namespace/1.0"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:psc="http://podlove.org/simple-chapters"`;

const parseChannel = (inside: string) =>
  parseFeed(
    `<?xml version="1.0"?><rss version="2.0" ${NAMESPACES}><channel>${inside}</channel></rss>`,
    { url },
  );
const parseItem = (inside: string) => parseChannel(`<item>${inside}</item>`).episodes[0];

describe('a podcast in RSS', () => {
  it('comes through complete', () => {
    const feed = parseChannel(`
      <title>Harbour Lights</title>
      <link>https://example.com/show</link>
      <description>Stories &lt;b&gt;from the quay&lt;/b&gt;.</description>
      <language>en-GB</language>
      <image><url>https://example.com/small.jpg</url><title>No title of ours</title><link>https://example.com/no</link></image>
      <itunes:image href="https://example.com/art.jpg"/>
      <itunes:author>Ada Quay</itunes:author>
      <itunes:owner><itunes:name>Quay Radio</itunes:name><itunes:email>ada@example.com</itunes:email></itunes:owner>
      <itunes:explicit>no</itunes:explicit>
      <itunes:type>Serial</itunes:type>
      <itunes:new-feed-url>https://example.org/new.xml</itunes:new-feed-url>
      <podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>
      <podcast:funding url="https://example.com/give">Lend a hand</podcast:funding>
      <podcast:funding url="javascript:alert(1)">No</podcast:funding>
      <podcast:person role="host" href="https://example.com/ada" img="/ada.jpg">Ada Quay</podcast:person>
      <atom:link rel="self" href="https://example.com/show/feed.xml"/>
      <atom:link rel="next" href="?page=2"/>
      <item>
        <title>The Lamp</title>
        <link>/lamp</link>
        <guid isPermaLink="false">lamp-1</guid>
        <pubDate>Fri, 09 Oct 2020 04:30:38 GMT</pubDate>
        <description>Short.</description>
        <content:encoded><![CDATA[<p>Long &amp; rich.</p>]]></content:encoded>
        <itunes:duration>01:02:03</itunes:duration>
        <itunes:explicit>yes</itunes:explicit>
        <itunes:season>9</itunes:season>
        <itunes:episode>9</itunes:episode>
        <itunes:episodeType>bonus</itunes:episodeType>
        <itunes:image href="lamp.jpg"/>
        <podcast:season name="One">2</podcast:season>
        <podcast:episode display="Three and a half">3.5</podcast:episode>
        <podcast:chapters url="lamp.json" type="application/json+chapters"/>
        <podcast:transcript url="lamp.vtt" type="text/vtt" language="de" rel="captions"/>
        <podcast:transcript url="lamp.srt" type="application/srt"/>
        <podcast:person group="writing" role="author">Bo Mast</podcast:person>
        <enclosure url="lamp.mp3" length="1234" type="audio/mpeg"/>
        <podcast:alternateEnclosure type="audio/opus" length="99" bitrate="96000.5" title="Small" default="true">
          <podcast:source uri="lamp.opus" contentType="audio/ogg"/>
          <podcast:source uri="ipfs://lamp"/>
          <podcast:integrity type="sri" value="sha384-abc"/>
        </podcast:alternateEnclosure>
        <podcast:alternateEnclosure type="audio/flac"><podcast:source uri="ipfs://lamp"/></podcast:alternateEnclosure>
        <psc:chapters version="1.2">
          <psc:chapter start="00:01:00.500" title="Dusk" href="https://example.com/dusk" image="dusk.jpg"/>
          <psc:chapter start="00:00" title="Noon"/>
          <psc:chapter start="later" title="Never"/>
        </psc:chapters>
      </item>
      <item><title>Dark</title></item>`);

    expect(feed).toStrictEqual({
      title: 'Harbour Lights',
      link: 'https://example.com/show',
      description: 'Stories <b>from the quay</b>.',
      imageUrl: 'https://example.com/art.jpg',
      language: 'en-GB',
      author: 'Ada Quay',
      ownerName: 'Quay Radio',
      ownerEmail: 'ada@example.com',
      explicit: false,
      kind: 'serial',
      guid: '917393e3-1b1e-5cef-ace4-edaa54e1f810',
      newFeedUrl: 'https://example.org/new.xml',
      nextPageUrl: 'https://example.com/show/feed.xml?page=2',
      funding: [{ url: 'https://example.com/give', title: 'Lend a hand' }],
      persons: [
        {
          name: 'Ada Quay',
          role: 'host',
          group: undefined,
          url: 'https://example.com/ada',
          imageUrl: 'https://example.com/ada.jpg',
        },
      ],
      episodes: [
        {
          guid: 'lamp-1',
          title: 'The Lamp',
          link: 'https://example.com/lamp',
          description: '<p>Long &amp; rich.</p>',
          publishedAt: Date.UTC(2020, 9, 9, 4, 30, 38),
          durationS: 3723,
          explicit: true,
          season: 2,
          episode: 3.5,
          kind: 'bonus',
          imageUrl: 'https://example.com/show/lamp.jpg',
          enclosure: {
            url: 'https://example.com/show/lamp.mp3',
            type: 'audio/mpeg',
            sizeBytes: 1234,
          },
          alternateEnclosures: [
            {
              type: 'audio/opus',
              sizeBytes: 99,
              bitrate: 96000.5,
              title: 'Small',
              isDefault: true,
              integrity: 'sha384-abc',
              sources: [{ url: 'https://example.com/show/lamp.opus', type: 'audio/ogg' }],
            },
          ],
          chaptersUrl: 'https://example.com/show/lamp.json',
          chapters: [
            { startS: 0, title: 'Noon', url: undefined, imageUrl: undefined },
            {
              startS: 60.5,
              title: 'Dusk',
              url: 'https://example.com/dusk',
              imageUrl: 'https://example.com/show/dusk.jpg',
            },
          ],
          transcripts: [
            { url: 'https://example.com/show/lamp.vtt', type: 'text/vtt', language: 'de' },
            {
              url: 'https://example.com/show/lamp.srt',
              type: 'application/srt',
              language: undefined,
            },
          ],
          persons: [
            {
              name: 'Bo Mast',
              role: 'author',
              group: 'writing',
              url: undefined,
              imageUrl: undefined,
            },
          ],
        },
        {
          guid: undefined,
          title: 'Dark',
          link: undefined,
          description: undefined,
          publishedAt: undefined,
          durationS: undefined,
          explicit: undefined,
          season: undefined,
          episode: undefined,
          kind: undefined,
          imageUrl: undefined,
          enclosure: undefined,
          alternateEnclosures: [],
          chaptersUrl: undefined,
          chapters: [],
          transcripts: [],
          persons: [],
        },
      ],
    });
  });

  it('says nothing where the feed says nothing', () => {
    const { funding, persons, episodes, ...rest } = parseChannel('<title> \n </title><link/>');
    expect([funding, persons, episodes]).toEqual([[], [], []]);
    expect(Object.values(rest).every((value) => value === undefined)).toBe(true);
    expect(Object.keys(rest)).toHaveLength(13);
  });

  it('does not take a live show for an episode', () => {
    const feed = parseChannel(`<podcast:liveItem status="live"><title>Live</title>
      <enclosure url="live.mp3" type="audio/mpeg"/></podcast:liveItem><item><title>One</title></item>`);
    expect(feed.episodes.map(({ title }) => title)).toEqual(['One']);
    expect(feed.title).toBeUndefined();
  });

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

  it('keeps episodes in the order of the feed, with equal guids as well', () => {
    const feed = parseChannel(
      '<item><guid>a</guid><title>1</title></item><item><guid>a</guid><title>2</title></item>',
    );
    expect(feed.episodes.map(({ title }) => title)).toEqual(['1', '2']);
  });
});

describe('addresses', () => {
  it('are resolved against xml:base, which nests', () => {
    const feed = parseFeed(
      `<rss xml:base="https://cdn.example/"><channel xml:base="show/"><link>x</link>
        <item xml:base="one/"><link>y</link></item>
        <item xml:base="javascript:alert(1)"><link>z</link></item></channel></rss>`,
      { url },
    );
    expect(feed.link).toBe('https://cdn.example/show/x');
    expect(feed.episodes.map(({ link }) => link)).toEqual([
      'https://cdn.example/show/one/y',
      'https://cdn.example/show/z',
    ]);
  });

  it('that are absolute survive a feed without a good address', () => {
    const feed = parseFeed(
      '<rss><channel><link>https://example.com/</link><item><link>/x</link></item></channel></rss>',
      { url: 'nonsense' },
    );
    expect(feed.link).toBe('https://example.com/');
    expect(feed.episodes[0]?.link).toBeUndefined();
  });
});
