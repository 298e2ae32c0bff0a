import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse.ts';

const url = 'https://example.com/feed.atom';
const parseEntry = (inside: string) =>
  parseFeed(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>${inside}</entry></feed>`, { url })
    .episodes[0];

describe('a podcast in Atom', () => {
  it('comes through complete', () => {
    const feed = parseFeed(
      `<?xml version="1.0" encoding="utf-8"?>
      <a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xml:lang="fr" xml:base="https://example.com/show/">
        <a:title>Phare</a:title><a:subtitle>Un &lt; deux</a:subtitle>
        <a:id>urn:phare</a:id><a:logo>logo.png</a:logo><a:icon>icon.png</a:icon>
        <a:author><a:name>Ada</a:name><a:email>ada@example.com</a:email></a:author>
        <a:link rel="self" href="feed.atom"/><a:link href="."/><a:link rel="next" href="feed.atom?page=2"/>
        <a:entry>
          <a:title type="html">L&amp;#233;a &amp;amp; &lt;b&gt;Bo&lt;/b&gt;</a:title>
          <a:id>urn:phare:1</a:id>
          <a:source><a:title>Elsewhere</a:title><a:id>urn:else</a:id></a:source>
          <a:published>2020-10-09T04:30:38Z</a:published><a:updated>2021-01-01T00:00:00Z</a:updated>
          <a:summary>Court</a:summary><a:content type="html">&lt;p&gt;Long&lt;/p&gt;</a:content>
          <a:link rel="alternate" href="1.html"/>
          <a:link rel="enclosure" href="1.mp3" type="audio/mpeg" length="77"/>
          <itunes:duration>61</itunes:duration>
        </a:entry>
      </a:feed>`,
      { url },
    );
    expect(feed).toMatchObject({
      title: 'Phare',
      description: 'Un &lt; deux',
      link: 'https://example.com/show/',
      imageUrl: 'https://example.com/show/logo.png',
      language: 'fr',
      author: 'Ada',
      ownerName: undefined,
      ownerEmail: undefined,
      nextPageUrl: 'https://example.com/show/feed.atom?page=2',
    });
    expect(feed.episodes).toHaveLength(1);
    expect(feed.episodes[0]).toMatchObject({
      guid: 'urn:phare:1',
      title: 'Léa & Bo',
      link: 'https://example.com/show/1.html',
      description: '<p>Long</p>',
      publishedAt: Date.UTC(2020, 9, 9, 4, 30, 38),
      durationS: 61,
      enclosure: { url: 'https://example.com/show/1.mp3', type: 'audio/mpeg', sizeBytes: 77 },
    });
  });

  it('takes the date of the last change where there is no other', () => {
    expect(parseEntry('<updated>2020-01-01</updated>')?.publishedAt).toBe(Date.UTC(2020, 0, 1));
  });

  it('gives show notes as HTML, whatever their type', () => {
    expect(parseEntry('<content>1 &lt; 2 &amp; 3</content>')?.description).toBe('1 &lt; 2 &amp; 3');
    expect(parseEntry('<summary type="html">&lt;i&gt;x&lt;/i&gt;</summary>')?.description).toBe(
      '<i>x</i>',
    );
    const xhtml = `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p title="&quot;">1 &lt; 2<br/></p></div></content>`;
    expect(parseEntry(xhtml)?.description).toBe('<p title="&quot;">1 &lt; 2<br></p>');
  });

  it('is read without any namespace as well', () => {
    const feed = parseFeed('<feed><title>Bare</title><entry><title>One</title></entry></feed>', {
      url,
    });
    expect([feed.title, feed.episodes[0]?.title]).toEqual(['Bare', 'One']);
  });
});
