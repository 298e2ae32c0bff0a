import { describe, expect, it } from 'vitest';
import { FeedError, parseFeed } from './parse.ts';

const url = 'https://example.com/feed.xml';
const parse = (xml: string) => parseFeed(xml, { url });
const rss = (inside: string) => `<rss version="2.0"><channel>${inside}</channel></rss>`;
const parseItem = (inside: string) => parse(rss(`<item>${inside}</item>`)).episodes[0];
/** Enough that whatever costs more than linear time runs into the test's timeout. */
const plenty = (part: string) => part.repeat(Math.floor(300_000 / part.length));

const codeOf = (xml: string) => {
  try {
    parse(xml);
    return 'a feed';
  } catch (error) {
    return error instanceof FeedError ? error.code : error;
  }
};

describe('what is no feed', () => {
  it.each([
    '',
    '   ',
    'Not found',
    '{"items":[]}',
    '<!DOCTYPE html><html><head><title>Login</title></head><body><p>x</p></body></html>',
    '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    '<br /><b>Warning</b><rss><channel/></rss>',
    '<opml version="2.0"><body/></opml>',
    '<feed xmlns="https://example.com/products"><entry/></feed>',
    '<x:rss xmlns:x="https://example.com/"/>',
    '<?xml version="1.0"?>',
    '<!-- <rss> -->',
    plenty('a'),
    plenty('\0'),
  ])('%.60j', (xml) => {
    expect(codeOf(xml)).toBe('feed-not-a-feed');
  });
});

describe('what cannot be read to its end', () => {
  const whole = rss('<title>x</title><item><title>One</title></item>');

  it.each([
    whole.slice(0, -1),
    whole.slice(0, -'</rss>'.length),
    whole.slice(0, -'</channel></rss>'.length),
    whole.slice(0, -30),
    '<rss>',
    '<rss version="2.0"',
    rss('<item><description><![CDATA[ never closed </description></item>'),
    rss('<item><!-- never closed </item>'),
    rss('<item><enclosure url="never closed/></item>'),
    '<rss></rss>',
    '<rss><item/></rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry/>',
  ])('%j', (xml) => {
    expect(['feed-broken', 'feed-not-a-feed']).toContain(codeOf(xml));
    if (xml.includes('>')) expect(codeOf(xml)).toBe('feed-broken');
  });
});

describe('what is wrong but readable', () => {
  const titles = (xml: string) => parse(xml).episodes.map(({ title }) => title);

  it('tags that close in the wrong order, twice, or never', () => {
    expect(titles(rss('<item><title>1</item><item><title>2</title></title></b></item>'))).toEqual([
      '1',
      '2',
    ]);
    expect(titles(rss('<item><title>1</title><item><title>2</title>'))).toEqual(['1', '2']);
    expect(parseItem('<title>1<media:group> a <x>b</x></media:group>')?.title).toBe('1');
    expect(parseItem('<title>1<guid>g</guid><enclosure url="a.mp3"/>')).toMatchObject({
      title: '1',
      guid: 'g',
      enclosure: { url: 'https://example.com/a.mp3' },
    });
  });

  it('a byte order mark, white space or words before the feed; anything after it', () => {
    expect(titles(`\ufeff${rss('<item><title>1</title></item>')}`)).toEqual(['1']);
    expect(titles(`\ufeff\ufeff \n words ${rss('<item><title>1</title></item>')}`)).toEqual(['1']);
    expect(
      titles(
        `${rss('<item><title>1</title></item>')}<!-- x --><item><title>2</title></item> & < ${plenty('x')}`,
      ),
    ).toEqual(['1']);
  });

  it('NUL and control characters anywhere', () => {
    expect(titles(rss('<it\0em><ti\u0001tle>a\0b\u001bc</title></item>'))).toEqual(['abc']);
  });

  it('a stray & in an attribute, at its very end too', () => {
    expect(parseItem('<enclosure url="a.mp3?x=1&y" length="5"/>')?.enclosure).toEqual({
      url: 'https://example.com/a.mp3?x=1&y',
      type: undefined,
      sizeBytes: 5,
    });
  });

  it('attributes without quotes, or twice', () => {
    expect(parseItem('<enclosure url=a.mp3 url="b.mp3" length=5 />')?.enclosure).toMatchObject({
      url: 'https://example.com/a.mp3',
      sizeBytes: 5,
    });
  });

  it('names that JavaScript knows', () => {
    const feed = parse(
      rss(`<item><guid> __proto__ </guid><__proto__>x</__proto__><constructor>y</constructor>
        <enclosure url="a.mp3" __proto__="x" constructor="y" hasOwnProperty="z" toString="t"/></item>
        <item><guid>constructor</guid><enclosure hasOwnProperty="z" url="b.mp3"/></item>`),
    );
    expect(feed.episodes.map(({ guid }) => guid)).toEqual(['__proto__', 'constructor']);
    expect(feed.episodes.map(({ enclosure }) => enclosure?.type)).toEqual([undefined, undefined]);
    expect(Object.getPrototypeOf(feed.episodes[0])).toBe(Object.prototype);
    expect(
      parse(
        '<rss xmlns:__proto__="x" xmlns:constructor="y"><channel><__proto__:a/></channel></rss>',
      ).episodes,
    ).toEqual([]);
  });
});

describe('entities', () => {
  it('are never expanded where the document declares them', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
      <!ENTITY lol2 "&lol;&lol;&lol;&lol;"><!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;">
      <!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY % remote SYSTEM "https://example.com/x.dtd"> %remote;
      ]>${rss('<title>&lol3;</title><description>&file;</description><item><title>&lol;</title></item>')}`;
    const feed = parse(bomb);
    expect([feed.title, feed.description, feed.episodes[0]?.title]).toEqual([
      '&lol3;',
      '&file;',
      '&lol;',
    ]);
  });

  it('are decoded once, and never into markup', () => {
    expect(parseItem('<title>&amp;lt;item&amp;gt; &lt;/title&gt; &#60;x&#62;</title>')?.title).toBe(
      '&lt;item&gt; </title> <x>',
    );
    expect(
      parseItem('<enclosure url="a.mp3&quot; type=&quot;audio/x"/>')?.enclosure?.type,
    ).toBeUndefined();
  });

  it('in plenty', () => {
    expect(parseItem(`<description>${plenty('&amp;')}</description>`)?.description).toHaveLength(
      60_000,
    );
    expect(parseItem(`<description>${plenty('&#x41;')}</description>`)?.description).toHaveLength(
      50_000,
    );
    expect(parseItem(`<description>${plenty('&lol;')}</description>`)?.description).toHaveLength(
      300_000,
    );
    expect(parseItem(`<description>&${plenty('a')};</description>`)?.description).toHaveLength(
      300_002,
    );
  });
});

describe('plenty of one thing', () => {
  it.each([
    ['tags that open', `<rss><channel>${plenty('<a>')}`],
    ['tags that open and close', rss(plenty('<a>') + plenty('</a>'))],
    [
      'attributes',
      rss(`<item ${Array.from({ length: 100_000 }, (_, i) => `a${i}="x" `).join('')}/>`),
    ],
    [
      'attributes without values',
      `<rss ${Array.from({ length: 100_000 }, (_, i) => `a${i} `).join('')}></rss>`,
    ],
    [
      'namespaces',
      `<rss ${Array.from({ length: 50_000 }, (_, i) => `xmlns:a${i}="x" `).join('')}></rss>`,
    ],
    ['characters in an attribute', rss(`<item><enclosure url="${plenty('a')}"/></item>`)],
    ['characters in a name', `<rss><${plenty('a')}>`],
    ['items that never close', rss(plenty('<item>'))],
    ['CDATA sections that never close', rss(plenty('<![CDATA['))],
    ['comments that never close', rss(plenty('<!--'))],
    ['instructions that never close', rss(plenty('<?'))],
    ['document types that never close', rss(plenty('<!DOCTYPE a ['))],
    ['closing tags for nothing', `<rss>${'<a>'.repeat(90)}${plenty('</b>')}`],
  ])('%s', (_, xml) => {
    expect(codeOf(xml)).toBe('feed-broken');
  });

  it.each([
    ['markup declarations', rss(`<!${plenty('a')}`)],
    ['short markup declarations', rss(plenty(`<!${'a'.repeat(1000)}>`))],
    ['stray <', rss(plenty('<'))],
    ['stray < and spaces', rss(`<title>${plenty('< ')}</title>`)],
    ['stray &', rss(`<title>${plenty('&')}</title>`)],
    ['brackets in CDATA', rss(`<title><![CDATA[${plenty(']')}]]></title>`)],
    ['CDATA sections', rss(`<title>${plenty('<![CDATA[a]]>')}</title>`)],
    ['declared entities', `<!DOCTYPE rss [${plenty('<!ENTITY a "b">')}]>${rss('')}`],
    ['spaces', rss(`<title>a${plenty(' ')}b</title>`)],
    ['line breaks between elements', rss(plenty('\r\n'))],
    ['unknown elements', rss(plenty('<x/>'))],
    ['titles', rss(plenty('<title/>'))],
    ['elements in show notes', rss(`<description>${plenty('<b>x</b>')}</description>`)],
    ['overrides of the direction', rss(`<title>${plenty('\u202e')}</title>`)],
    ['digits in a date', rss(`<item><pubDate>${plenty('1')}</pubDate></item>`)],
    ['long names of namespaces', rss(`<x:a ${'xmlns:x="'}${'u'.repeat(60_000)}"/>`)],
  ])('%s', (_, xml) => {
    expect(['a feed', 'feed-broken']).toContain(codeOf(xml));
  });

  it('persons, of which a few thousand are kept', () => {
    const kept = parseItem(plenty('<podcast:person>x</podcast:person>'))?.persons.length;
    expect(kept).toBeGreaterThan(1000);
    expect(kept).toBeLessThanOrEqual(5000);
  });
});

describe('limits', () => {
  it('refuses a feed of more than 25 MiB before it reads any of it', () => {
    expect(codeOf(' '.repeat(25 * 1024 * 1024 + 1))).toBe('feed-too-large');
  });

  it('refuses more than 50,000 episodes', () => {
    expect(codeOf(rss('<item/>'.repeat(50_001)))).toBe('feed-too-large');
    expect(parse(rss('<item/>'.repeat(50_000))).episodes).toHaveLength(50_000);
  });

  it('gives a budget to each episode, not to all together', () => {
    const item = `<item>${'<podcast:person>x</podcast:person>'.repeat(100)}</item>`;
    const feed = parse(rss(item.repeat(100)));
    expect(feed.episodes.every(({ persons }) => persons.length === 100)).toBe(true);
  });
});
