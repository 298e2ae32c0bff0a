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

  it('keeps episodes in the order of the feed, with equal guids as well', () => {
    const feed = parseChannel(
      '<item><guid>a</guid><title>1</title></item><item><guid>a</guid><title>2</title></item>',
    );
    expect(feed.episodes.map(({ title }) => title)).toEqual(['1', '2']);
  });
});
