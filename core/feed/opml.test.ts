import { describe, expect, it } from 'vitest';
import { decodeFeed } from './decode.ts';
import { MOST_LISTED_FEEDS, OPML_LIMIT_BYTES, OpmlError, parseOpml, writeOpml } from './opml.ts';

const opml = (inside: string) => `<opml version="2.0"><body>${inside}</body></opml>`;
const outline = (address: string, more = '') => `<outline ${more} xmlUrl="${address}"/>`;
const addressesIn = (xml: string) => parseOpml(xml).map(({ address }) => address);
/** Enough that whatever costs more than linear time runs into the test's timeout. */
const plenty = (part: string, length = 1_000_000) => part.repeat(Math.floor(length / part.length));
const one = outline('https://a.example/feed');

const codeOf = (xml: string) => {
  try {
    return `${parseOpml(xml).length} feeds`;
  } catch (error) {
    return error instanceof OpmlError ? error.failure.code : error;
  }
};

describe('a list', () => {
  it('is read in its order, whatever groups it has', () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
      <!-- made by hand -->
      <opml version="1.0"><head><title>Mine</title></head><body>
        <outline text="feeds">
          <outline type="rss" text="One &amp; only" title="other" xmlUrl="https://a.example/feed?x=1&amp;y=2"/>
          <outline text="Deeper"><outline title="Zwei" xmlUrl="b.example/feed" /></outline>
        </outline>
        <outline type="link" text="a page" url="https://page.example/"/>
        <outline xmlUrl="  feed://c.example/rss  "></outline>
      </body></opml>`;
    expect(parseOpml(xml)).toEqual([
      { address: 'https://a.example/feed?x=1&y=2', title: 'One & only', usable: true },
      { address: 'https://b.example/feed', title: 'Zwei', usable: true },
      { address: 'https://c.example/rss', title: undefined, usable: true },
    ]);
  });

  it.each(['xmlUrl', 'xmlurl', 'xmlURL', 'XMLURL', 'XmlUrl'])('with the address in %s', (name) => {
    expect(addressesIn(opml(`<OUTLINE ${name}='https://a.example/'/>`))).toEqual([
      'https://a.example/',
    ]);
  });

  it.each([
    ['a byte order mark', `\ufeff${opml(one)}`],
    ['a document type', `<!DOCTYPE opml SYSTEM "https://evil.example/x.dtd">${opml(one)}`],
    ['words around it', `Hello ${opml(one)} <p>goodbye`],
    ['a prefix', `<o:opml><o:body><o:outline xmlUrl="https://a.example/feed"/></o:body></o:opml>`],
    ['tags that are not closed', `<opml><body><outline text="x"><br>${one}</opml>`],
    ['a stray & and <', opml(`<outline text="R&B < soul" xmlUrl="https://a.example/feed"/>`)],
    ['attributes without quotes', opml('<outline xmlUrl=https://a.example/feed>')],
    ['NUL and control characters', opml(one.replace('feed', '\0fe\u0001ed'))],
  ])('with %s', (_what, xml) => {
    expect(addressesIn(xml)).toEqual(['https://a.example/feed']);
  });

  it('has each podcast once, under its first title', () => {
    const twice = `${outline('https://a.example/f', 'text="A"')}${outline('HTTPS://A.EXAMPLE/f#x', 'text="B"')}`;
    expect(parseOpml(opml(twice))).toEqual([
      { address: 'https://a.example/f', title: 'A', usable: true },
    ]);
    expect(parseOpml(opml(plenty(one)))).toHaveLength(1);
  });

  it('comes out of any encoding that it says', () => {
    const latin1 = Uint8Array.from(
      `<?xml version="1.0" encoding="ISO-8859-1"?>${opml(outline('https://a.example/', 'text="Caf\xe9"'))}`,
      (character) => character.charCodeAt(0),
    );
    const text = opml(outline('https://a.example/', 'text="Café"'));
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from([...text], (c) => c.charCodeAt(0)).buffer),
    ]);
    // Says what it is not.
    const lying = new TextEncoder().encode(`<?xml version="1.0" encoding="utf-16"?>${text}`);
    for (const bytes of [latin1, utf16, lying]) {
      expect(parseOpml(decodeFeed(bytes, undefined))).toMatchObject([{ title: 'Café' }]);
    }
  });
});

describe('addresses that are none', () => {
  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java&#10;script:alert(1)',
    'file:///etc/passwd',
    'data:text/xml,x',
    'blob:https://a.example/x',
    'ftp://a.example/feed',
    'https://user:secret@a.example/feed',
    'https://',
    'no address at all',
    '__proto__',
    `https://a.example/${'x'.repeat(5000)}`,
  ])('%.40s is kept as what was refused', (address) => {
    const [feed] = parseOpml(opml(outline(address, 'text="T"')));
    expect(feed).toMatchObject({ title: 'T', usable: false });
    expect(feed?.address.length).toBeLessThanOrEqual(100);
  });

  it('are cleaned for showing', () => {
    const [feed] = parseOpml(
      opml(outline('javascript:\u202e\u200bx\u0007', 'text="\u202eevil\u0000"')),
    );
    expect(feed).toEqual({ address: 'javascript:x', title: 'evil', usable: false });
  });

  it('do not keep the others from being read', () => {
    const list = parseOpml(opml(outline('javascript:x()') + one + outline('file:///x')));
    expect(list.map(({ usable }) => usable)).toEqual([false, true, false]);
  });
});

describe('what is no list', () => {
  it.each([
    '',
    '   ',
    '{"feeds":[]}',
    '<!DOCTYPE html><html><body><outline xmlUrl="https://a.example/"/></body></html>',
    '<rss version="2.0"><channel><title>x</title></channel></rss>',
    '<outline xmlUrl="https://a.example/"/>',
    '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
    'PK\x03\x04<xml',
    plenty('a'),
    plenty('\0'),
    plenty('\u{fffd}'),
  ])('%.40j', (xml) => {
    expect(codeOf(xml)).toBe('opml-not-a-list');
  });

  it('is empty without a podcast', () => {
    expect(codeOf(opml(''))).toBe('opml-empty');
    expect(codeOf(opml('<outline text="a folder"/>'))).toBe('opml-empty');
    expect(codeOf('<opml/>')).toBe('opml-empty');
  });
});

describe('a list that is cut', () => {
  const whole = opml(`<outline text="x">${one}${outline('https://b.example/')}</outline>`);

  it('is taken not at all, wherever the cut is', () => {
    for (let length = '<opml '.length; length < whole.length; length += 1) {
      expect(['opml-broken', 'opml-not-a-list'], whole.slice(0, length)).toContain(
        codeOf(whole.slice(0, length)),
      );
    }
    expect(codeOf(whole)).toBe('2 feeds');
  });
});

describe('a hostile list', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => outline(`https://a.example/${index}`)).join('');

  it('has at most so many podcasts', () => {
    expect(codeOf(opml(many(MOST_LISTED_FEEDS)))).toBe(`${MOST_LISTED_FEEDS} feeds`);
    expect(codeOf(opml(many(MOST_LISTED_FEEDS + 1)))).toBe('opml-too-many');
    expect(codeOf(opml(many(100_000)))).toBe('opml-too-many');
    expect(codeOf(opml(plenty('<outline text="nothing"/>', 2_500_000)))).toBe('opml-empty');
  });

  it('has at most so many characters', () => {
    const padding = ' '.repeat(OPML_LIMIT_BYTES);
    expect(codeOf(opml(one) + padding)).toBe('opml-too-large');
    expect(codeOf((opml(one) + padding).slice(0, OPML_LIMIT_BYTES))).toBe('1 feeds');
  });

  it.each([
    ['nested deeply', `<opml>${plenty('<outline>')}`, 'opml-broken'],
    ['nested and closed the wrong way', opml(plenty('<outline></b></c>') + one), 'opml-broken'],
    ['closed too often', opml(plenty('</b>') + one), '1 feeds'],
    [
      'many attributes',
      opml(`<outline ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`),
      'opml-broken',
    ],
    ['one attribute many times', opml(`<outline ${plenty('a="1" ')}/>${one}`), '1 feeds'],
    ['a huge attribute', opml(`<outline text="${plenty('x')}"/>`), 'opml-broken'],
    ['a huge name', `<opml><${plenty('x')}/></opml>`, 'opml-broken'],
    ['stray &', opml(`<x a="${plenty('&', 60_000)}"/>${plenty('&')}${one}`), '1 feeds'],
    ['stray <', opml(plenty('< ') + one), '1 feeds'],
    ['comments', opml(plenty('<!-- x -->') + one), '1 feeds'],
    ['comments that never end', opml(plenty('<!-- x ') + one), 'opml-broken'],
    ['CDATA that never ends', opml(plenty('<![CDATA[ x ') + one), 'opml-broken'],
    ['white space', opml(`<outline ${plenty(' ')}/>${one}`), '1 feeds'],
    ['quotes that never end', opml(`${one}<outline text="x>`), 'opml-broken'],
  ])('%s', (_what, xml, code) => {
    expect(codeOf(xml)).toBe(code);
  });

  it('has its entities declared for nothing', () => {
    const bomb = `<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const list = parseOpml(bomb + opml(outline('https://a.example/', 'text="&b;&x;"')));
    expect(list).toEqual([{ address: 'https://a.example/', title: '&b;&x;', usable: true }]);
  });
});

describe('writeOpml', () => {
  it('writes what is read again', () => {
    const podcasts = [
      {
        title: 'Tea & <biscuits> "daily"',
        feedUrl: 'https://a.example/f?a=1&b=2',
        link: undefined,
      },
      {
        title: "It's\u0000\ud800 here",
        feedUrl: 'https://b.example/',
        link: 'https://b.example/?x="',
      },
      { title: '日本語 🚢', feedUrl: 'http://localhost:8080/feed', link: undefined },
    ];
    const xml = writeOpml(podcasts, Date.UTC(2026, 10, 1));
    expect(xml).toContain('<dateCreated>Sun, 01 Nov 2026 00:00:00 GMT</dateCreated>');
    expect(parseOpml(xml)).toEqual([
      { address: 'https://a.example/f?a=1&b=2', title: 'Tea & <biscuits> "daily"', usable: true },
      { address: 'https://b.example/', title: "It's here", usable: true },
      { address: 'http://localhost:8080/feed', title: '日本語 🚢', usable: true },
    ]);
  });
});
