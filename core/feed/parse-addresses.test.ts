import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse.ts';

const url = 'https://example.com/show/feed.xml';

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
