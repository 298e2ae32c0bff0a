import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { searchResponseSchema } from '../../core/api/search.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from '../context.ts';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { type Answer, type Origin, startOrigin } from '../testing/origin.ts';

const FERRY = {
  wrapperType: 'track',
  kind: 'podcast',
  collectionName: 'Night Ferry',
  artistName: 'Ada Example',
  feedUrl: 'https://ferry.example/feed.xml',
  artworkUrl600: 'https://ferry.example/600.jpg',
  trackCount: 42,
};

let origin: Origin;
let gateway: GatewayUnderTest;
let answer: Answer;

const says = (value: unknown): Answer => {
  return (_, response) => response.end(typeof value === 'string' ? value : JSON.stringify(value));
};
const finds = (...results: unknown[]) => says({ resultCount: results.length, results });

beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  answer = finds(FERRY);
  origin = await startOrigin((request, response) => answer(request, response));
  gateway = await start();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await gateway.close();
  await origin.close();
});

function start(env: Record<string, string> = {}, limits: Partial<GatewayLimits> = {}) {
  return startGateway({
    allowAddresses: [origin.address],
    limits,
    env: { GATEWAY_ITUNES_URL: origin.url('/'), GATEWAY_PODCASTINDEX_URL: origin.url('/'), ...env },
  });
}

const ask = (query: string, init?: RequestInit) =>
  gateway.request(`/api/search?q=${encodeURIComponent(query)}`, init);

async function results(query = 'ferry') {
  const response = await ask(query);
  expect(response.status).toBe(200);
  return v.parse(searchResponseSchema, await response.json()).results;
}

describe('GET /api/search', () => {
  it('asks iTunes, and says no more than what is of use', async () => {
    expect(await results(' Night  FERRY ')).toEqual([
      {
        title: 'Night Ferry',
        author: 'Ada Example',
        feedUrl: 'https://ferry.example/feed.xml',
        imageUrl: 'https://ferry.example/600.jpg',
        description: undefined,
        episodeCount: 42,
      },
    ]);
    const { pathname, searchParams } = new URL(origin.url(origin.requests[0]?.url ?? ''));
    expect(pathname).toBe('/search');
    expect(searchParams.get('term')).toBe('night ferry');
    expect(searchParams.get('media')).toBe('podcast');
    const { headers } = await ask('night ferry');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('asks Podcast Index where there is a key, and shows only its digest', async () => {
    await gateway.close();
    gateway = await start({ PODCASTINDEX_KEY: 'KEY', PODCASTINDEX_SECRET: 'SECRET' });
    answer = says({
      status: 'true',
      feeds: [
        {
          title: 'Night Ferry',
          url: 'http://ferry.example/feed.xml',
          description: '<p>Over the <b>water</b> &amp; back.</p>',
          image: 'http://ferry.example/1.png',
          artwork: '',
          episodeCount: 7,
          dead: 0,
        },
        { title: 'Gone', url: 'https://gone.example/feed.xml', dead: 1 },
      ],
    });
    expect(await results()).toEqual([
      {
        title: 'Night Ferry',
        author: undefined,
        feedUrl: 'http://ferry.example/feed.xml',
        imageUrl: 'https://ferry.example/1.png',
        description: 'Over the water & back.',
        episodeCount: 7,
      },
    ]);
    const [request] = origin.requests;
    const date = String(gateway.clock.now / 1000);
    expect(request?.url).toBe('/api/1.0/search/byterm?q=ferry&max=50');
    expect(request?.headers).toMatchObject({
      'x-auth-key': 'KEY',
      'x-auth-date': date,
      authorization: createHash('sha1').update(`KEYSECRET${date}`).digest('hex'),
    });
    expect(JSON.stringify(request?.headers)).not.toContain('SECRET');
  });

  it('asks once for what was asked lately, or is being asked', async () => {
    await Promise.all([results('ferry'), results('Ferry'), results('  ferry')]);
    gateway.clock.now += 59 * 60_000;
    await results('ferry');
    expect(origin.requests).toHaveLength(1);
    gateway.clock.now += 2 * 60_000;
    await results('ferry');
    expect(origin.requests).toHaveLength(2);
    await results('boat');
    expect(origin.requests).toHaveLength(3);
  });

  it('is never more than 20 questions a minute to the directory, whoever asks', async () => {
    const statuses: number[] = [];
    for (let second = 0; second < 60; second += 1) {
      const headers = { 'x-test-client': `client ${second}` };
      statuses.push((await ask(`words ${second}`, { headers })).status);
      gateway.clock.now += 1000;
    }
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(20);
    expect(origin.requests.length).toBeLessThanOrEqual(20);
    await ask('one more', { headers: { 'x-test-client': 'one more' } });
    const refused = await ask('and another', { headers: { 'x-test-client': 'another' } });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toEqual({ failure: { code: 'search-unavailable' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is limited for each client, and what is kept counts as well', async () => {
    const { burst } = DEFAULT_LIMITS.searches.requests;
    for (let turn = 0; turn < burst; turn += 1) await results('ferry');
    expect((await ask('ferry')).status).toBe(429);
    expect((await ask('ferry', { headers: { 'x-test-client': 'other' } })).status).toBe(200);
  });

  it('is not kept from others by one client, which has what they leave', async () => {
    const statusFor = async (client: string, query: string) =>
      (await ask(query, { headers: { 'x-test-client': client } })).status;
    const others: number[] = [];
    for (let second = 0; second < 300; second += 1) {
      await statusFor('greedy', `words ${second}`);
      if (second % 30 === 0) others.push(await statusFor(`other ${second}`, `other ${second}`));
      gateway.clock.now += 1000;
    }
    expect(others).toEqual(others.map(() => 200));
    expect(origin.requests.length).toBeGreaterThan(70);
    expect(origin.requests.length).toBeLessThanOrEqual(5 + 300 / 4);
  });

  it('gives an old answer rather than none', async () => {
    await results('ferry');
    gateway.clock.now += 48 * 3600_000;
    answer = (request) => request.socket.destroy();
    expect(await results('ferry')).toHaveLength(1);
    expect((await ask('boat')).status).toBe(503);
  });

  it.each(['', ' ', '\u0000'])('refuses %j', async (query) => {
    expect((await ask(query)).status).toBe(400);
    expect(origin.requests).toEqual([]);
  });

  it('is not for other sites', async () => {
    const response = await ask('ferry', { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(response.status).toBe(403);
    expect(origin.requests).toEqual([]);
  });
});

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
    answer = bad;
    const response = await ask('ferry');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ failure: { code: 'search-unavailable' } });
    expect(origin.requests).toHaveLength(1);
  });

  it('never answers is given up', async () => {
    await gateway.close();
    gateway = await start({}, { searchTimeoutMs: 50 });
    answer = () => undefined;
    expect((await ask('ferry')).status).toBe(503);
  });

  it('lies about types costs itself the lines, and nobody the answer', async () => {
    answer = finds(
      null,
      'text',
      [],
      { ...FERRY, collectionName: 7 },
      { ...FERRY, feedUrl: { toString: 'x' } },
      { ...FERRY, artistName: ['a'], artworkUrl600: 12, trackCount: 'many' },
      { ...FERRY, feedUrl: 'https://ferry.example/2', trackCount: -1 },
      { ...FERRY, feedUrl: 'https://ferry.example/3', trackCount: 1e300 },
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
    answer = finds({ ...FERRY, feedUrl: address }, { ...FERRY, artworkUrl600: address });
    const found = await results();
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ feedUrl: FERRY.feedUrl, imageUrl: undefined });
  });

  it('repeats itself is heard once, and one that does not end is cut', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => ({
      ...FERRY,
      feedUrl: `https://ferry.example/${Math.floor(n / 3)}#${n}`,
    }));
    answer = finds(...many);
    const found = await results();
    expect(found).toHaveLength(50);
    expect(new Set(found.map(({ feedUrl }) => feedUrl)).size).toBe(50);
  });

  it('writes HTML, novels and directions is read as one line', async () => {
    answer = finds({
      ...FERRY,
      collectionName: `<img src=x onerror=alert(1)>Night\u202e\u0000\n Ferry ${'a'.repeat(100_000)}`,
      artistName: '<script></script>',
    });
    const [found] = await results();
    expect(found?.title).toMatch(/^Night Ferry a+$/);
    expect(found?.title.length).toBe(300);
    expect(found?.author).toBeUndefined();
  });
});
