import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../testing/origin.ts';
import {
  answerWith,
  ask,
  begin,
  end,
  FERRY,
  finds,
  gateway,
  origin,
  restart,
  results,
  says,
} from '../testing/search-under-test.ts';

beforeEach(begin);
afterEach(end);

describe('a directory that', () => {
  it.each<[string, Answer]>([
    ['answers with a page', says('<!doctype html><title>Sign in</title>')],
    ['answers with half of its JSON', says('{"results":[{"collectionName":"Ni')],
    ['answers with something else', says({ errorMessage: 'no' })],
    ['answers with a list of nothing known', says([1, 2])],
    ['answers with null', says('null')],
    ['nests a million lists', says('['.repeat(1_000_000))],
    ['is broken', (_, response) => response.writeHead(500).end()],
    ['wants us to wait', (_, response) => response.writeHead(429, { 'Retry-After': '60' }).end()],
    ['hangs up', (request) => request.socket.destroy()],
    [
      'sends us elsewhere',
      (_, response) => response.writeHead(302, { Location: origin.url('/search2') }).end(),
    ],
    [
      'never ends',
      (_, response) => {
        const more = () => {
          while (response.writable && response.write(' '.repeat(65536)));
          response.once('drain', more);
        };
        more();
      },
    ],
    [
      'sends a bomb',
      (_, response) => {
        response.setHeader('Content-Encoding', 'gzip');
        response.end(gzipSync(Buffer.alloc(50 * 1024 * 1024, ' ')));
      },
    ],
  ])('%s is not available', async (_, bad) => {
    answerWith(bad);
    const response = await ask('ferry');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ failure: { code: 'search-unavailable' } });
    expect(origin.requests).toHaveLength(1);
  });

  it('never answers is given up', async () => {
    await gateway.close();
    await restart({}, { searchTimeoutMs: 50 });
    answerWith(() => undefined);
    expect((await ask('ferry')).status).toBe(503);
  });

  it('lies about types costs itself the lines, and nobody the answer', async () => {
    answerWith(
      finds(
        null,
        'text',
        [],
        { ...FERRY, collectionName: 7 },
        { ...FERRY, feedUrl: { toString: 'x' } },
        { ...FERRY, artistName: ['a'], artworkUrl600: 12, trackCount: 'many' },
        { ...FERRY, feedUrl: 'https://ferry.example/2', trackCount: -1 },
        { ...FERRY, feedUrl: 'https://ferry.example/3', trackCount: 1e300 },
      ),
    );
    const found = await results();
    expect(
      found.map(({ author, imageUrl, episodeCount }) => [author, imageUrl, episodeCount]),
    ).toEqual([
      [undefined, undefined, undefined],
      ['Ada Example', 'https://ferry.example/600.jpg', undefined],
      ['Ada Example', 'https://ferry.example/600.jpg', undefined],
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,<script>',
    'file:///etc/passwd',
    'blob:https://ferry.example/1',
    '//ferry.example/feed.xml',
    '/feed.xml',
    'http://127.0.0.1/feed.xml',
    'http://[::1]/feed.xml',
    'http://169.254.169.254/latest/meta-data',
    'http://2130706433/',
    'http://router.lan/feed.xml',
    'https://user:password@ferry.example/feed.xml',
    'https://ferry.example:22/feed.xml',
    `https://ferry.example/${'x'.repeat(5000)}`,
    '',
  ])('names an address like number %# names nothing', async (address) => {
    answerWith(finds({ ...FERRY, feedUrl: address }, { ...FERRY, artworkUrl600: address }));
    const found = await results();
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ feedUrl: FERRY.feedUrl, imageUrl: undefined });
  });

  it('repeats itself is heard once, and one that does not end is cut', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => ({
      ...FERRY,
      feedUrl: `https://ferry.example/${Math.floor(n / 3)}#${n}`,
    }));
    answerWith(finds(...many));
    const found = await results();
    expect(found).toHaveLength(50);
    expect(new Set(found.map(({ feedUrl }) => feedUrl)).size).toBe(50);
  });

  it('writes HTML, novels and directions is read as one line', async () => {
    answerWith(
      finds({
        ...FERRY,
        collectionName: `<img src=x onerror=alert(1)>Night\u202e\u0000\n Ferry ${'a'.repeat(100_000)}`,
        artistName: '<script></script>',
      }),
    );
    const [found] = await results();
    expect(found?.title).toMatch(/^Night Ferry a+$/);
    expect(found?.title.length).toBe(300);
    expect(found?.author).toBeUndefined();
  });
});
