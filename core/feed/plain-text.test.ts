import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse.ts';

const url = 'https://example.com/show/feed.xml';
const parseItem = (inside: string) =>
  parseFeed(`<rss version="2.0"><channel><item>${inside}</item></channel></rss>`, { url })
    .episodes[0];

describe('texts', () => {
  it.each([
    ['  Two \n\t words\u00a0here ', 'Two words here'],
    ['<![CDATA[R&B <live>]]>', 'R&B <live>'],
    ['R&B', 'R&B'],
    ['Fish & Chips &', 'Fish & Chips &'],
    ['AT&amp;amp;T', 'AT&amp;T'],
    ['&unknown; &lol;', '&unknown; &lol;'],
    ['caf&eacute; &#8217;&#x2019;', 'café ’’'],
    ['1 < 2', '1 < 2'],
    ['<b>Bold</b> claim', 'Bold claim'],
    ['a\u202eb\u2066c\u200bd\u0007e\u009ff', 'abcdef'],
    ['שלום\u200f family 👩\u200d👧', 'שלום\u200f family 👩\u200d👧'],
    ['a<!-- not this -->b', 'ab'],
  ])('are one clean line: %j', (inside, title) => {
    expect(parseItem(`<title>${inside}</title>`)?.title).toBe(title);
  });

  it('keep markup that a feed forgot to escape in its show notes', () => {
    const inside =
      '<description><p class="a">Hi <b>you</b><br/>there</p></description><guid>g</guid>';
    expect(parseItem(inside)).toMatchObject({
      description: '<p class="a">Hi <b>you</b><br>there</p>',
      guid: 'g',
    });
  });

  it('are cut where nobody would read on', () => {
    expect(parseItem(`<title>${'a'.repeat(5000)}</title>`)?.title).toHaveLength(1000);
    expect(
      parseItem(`<description>${'a'.repeat(3_000_000)}</description>`)?.description,
    ).toHaveLength(1024 * 1024);
    expect(parseItem(`<title>${'a'.repeat(999)}🎧</title>`)?.title).toHaveLength(999);
  });
});
