import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FeedResult, feedsResponseSchema } from '../core/api/feeds.ts';
import { type GatewayUnderTest, startGateway } from './testing/gateway-under-test.ts';
import { feedXml, type Origin, startOrigin } from './testing/origin.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const FEED = feedXml(['https://media.example/1.mp3', 'https://media.example/2.mp3']);
const FEED_BYTES = 64 * 1024;

let origin: Origin;
let forbidden: Origin;
let gateway: GatewayUnderTest;
/** Gives up soon, for the hosts that never answer; the others get all the time they need. */
let impatient: GatewayUnderTest;
let answers: Record<string, Answer>;

beforeAll(async () => {
  origin = await startOrigin((request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer) return answer(request, response);
    response.writeHead(404).end();
  });
  forbidden = await startOrigin((_, response) => response.end(FEED));
  gateway = await startGateway({
    allowAddresses: [origin.address],
    limits: { feedBytes: FEED_BYTES },
  });
  impatient = await startGateway({
    allowAddresses: [origin.address],
    limits: { feedTimeoutMs: 300 },
  });
});

beforeEach(() => {
  answers = { '/feed.xml': (_, response) => response.end(FEED) };
  origin.requests.length = 0;
});

afterAll(async () => {
  await gateway.close();
  await impatient.close();
  await origin.close();
  await forbidden.close();
});

async function ask(...feeds: { url: string; etag?: string; lastModified?: string }[]) {
  const response = await gateway.post('/api/feeds', { feeds });
  expect(response.status).toBe(200);
  return v.parse(feedsResponseSchema, await response.json()).results;
}

async function fetchOne(path: string): Promise<FeedResult> {
  const [result] = await ask({ url: origin.url(path) });
  return result as FeedResult;
}

const failure = (code: string, more: object = {}) => ({
  status: 'failed',
  failure: { code, ...more },
});

describe('POST /api/feeds', () => {
  it('fetches, parses and says what to ask next time', async () => {
    answers['/feed.xml'] = (_, response) => {
      response.setHeader('ETag', '"v1"');
      response.setHeader('Last-Modified', 'Tue, 01 Sep 2026 10:00:00 GMT');
      response.end(FEED);
    };
    const result = await fetchOne('/feed.xml');
    expect(result).toMatchObject({
      status: 'fetched',
      feedUrl: origin.url('/feed.xml'),
      etag: '"v1"',
      lastModified: 'Tue, 01 Sep 2026 10:00:00 GMT',
      feed: { title: 'Test', episodes: [{ title: 'Episode 0' }, { title: 'Episode 1' }] },
    });
    expect(origin.requests[0]?.headers).toMatchObject({
      'user-agent': expect.stringContaining('Stowaway'),
      'accept-encoding': 'gzip, br',
    });
    expect(origin.requests[0]?.headers.cookie).toBeUndefined();
  });

  it('gives a token for each address that may be relayed', async () => {
    const more = `<itunes:image href="https://media.example/art.jpg"/>
      <podcast:chapters url="https://media.example/chapters.json" type="application/json+chapters"/>
      <podcast:transcript url="https://media.example/words.vtt" type="text/vtt"/>`;
    answers['/rich.xml'] = (_, response) =>
      response.end(feedXml(['https://media.example/1.mp3'], more));
    const result = await fetchOne('/rich.xml');
    if (result.status !== 'fetched') throw new Error(result.status);
    expect(result.relayTokens.map(([url]) => url).sort()).toEqual([
      'https://media.example/1.mp3',
      'https://media.example/art.jpg',
      'https://media.example/chapters.json',
      'https://media.example/words.vtt',
    ]);
    for (const [, token] of result.relayTokens) expect(token).toMatch(/^[\w-]+\.[\w-]{43}$/);
  });

  it('answers many feeds in their order, at most six at once', async () => {
    const waiting: ServerResponse[] = [];
    let most = 0;
    answers = Object.fromEntries(
      Array.from({ length: 20 }, (_, index): [string, Answer] => [
        `/${index}.xml`,
        (_request, response) => {
          waiting.push(response);
          most = Math.max(most, waiting.length);
          // Answered in reverse, once all that come at once are here.
          setTimeout(() => waiting.pop()?.end(FEED), 10);
        },
      ]),
    );
    const feeds = Object.keys(answers).map((path) => ({ url: origin.url(path) }));
    const results = await ask(...feeds);
    expect(results.map((result) => result.status === 'fetched' && result.feedUrl)).toEqual(
      feeds.map(({ url }) => url),
    );
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(6);
  });

  it('lets one bad feed be bad by itself', async () => {
    const results = await ask({ url: 'no address' }, { url: origin.url('/feed.xml') });
    expect(results).toMatchObject([failure('address-invalid'), { status: 'fetched' }]);
  });

  it('passes validators on and knows an unchanged feed', async () => {
    answers['/feed.xml'] = (request, response) => {
      const isKnown = request.headers['if-none-match'] === '"v1"';
      response.writeHead(isKnown ? 304 : 200, { ETag: '"v1"' }).end(isKnown ? undefined : FEED);
    };
    const lastModified = 'Tue, 01 Sep 2026 10:00:00 GMT';
    const url = origin.url('/feed.xml');
    expect(await ask({ url, etag: '"v1"', lastModified })).toEqual([{ status: 'not-modified' }]);
    expect(origin.requests[0]?.headers['if-modified-since']).toBe(lastModified);
    expect(await ask({ url, etag: '"v0"' })).toMatchObject([{ status: 'fetched', etag: '"v1"' }]);
  });

  it('takes a 304 that nobody asked for as a failure', async () => {
    answers['/feed.xml'] = (_, response) => response.writeHead(304).end();
    expect(await fetchOne('/feed.xml')).toEqual(failure('feed-http-status', { status: 304 }));
  });

  it.each([
    [[301, 308], 2],
    [[302, 301], 0],
    [[301, 302, 301], 1],
    [[303], 0],
    [[307], 0],
    [[301, 301, 301, 301, 301], 5],
  ])('after the redirects %j asks next time at step %i', async (statuses, step) => {
    statuses.forEach((status, index) => {
      answers[`/${index}`] = (_, response) => {
        const location = index % 2 === 0 ? `/${index + 1}` : origin.url(`/${index + 1}`);
        response.writeHead(status, { Location: location }).end('moved');
      };
    });
    answers[`/${statuses.length}`] = (_, response) => response.end(FEED);
    expect(await fetchOne('/0')).toMatchObject({
      status: 'fetched',
      feedUrl: origin.url(`/${step}`),
    });
  });

  it('gives up after five redirects', async () => {
    answers['/loop'] = (_, response) => response.writeHead(301, { Location: '/loop' }).end();
    expect(await fetchOne('/loop')).toEqual(failure('feed-redirects'));
    expect(origin.requests).toHaveLength(6);
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://169.254.169.254/',
    'http://[::1]/',
    '//localhost/',
    'file:///etc/passwd',
    'https://user@example.com/',
  ])('refuses a redirect to %s', async (location) => {
    answers['/feed.xml'] = (_, response) => response.writeHead(302, { Location: location }).end();
    expect(await fetchOne('/feed.xml')).toEqual(failure('address-refused'));
  });

  it('never touches another server of this machine', async () => {
    answers['/feed.xml'] = (_, response) =>
      response.writeHead(302, { Location: forbidden.url('/feed.xml') }).end();
    const results = await ask(
      { url: origin.url('/feed.xml') },
      { url: forbidden.url('/feed.xml') },
    );
    expect(results).toEqual([failure('address-refused'), failure('address-refused')]);
    expect(forbidden.requests).toHaveLength(0);
  });

  it('refuses the name under which it was called itself', async () => {
    const url = 'http://podcasts.example/api/feeds';
    expect(await ask({ url })).toEqual([failure('address-refused')]);
  });

  it.each([
    [404, 'feed-not-found'],
    [410, 'feed-not-found'],
    [401, 'feed-denied'],
    [403, 'feed-denied'],
    [500, 'feed-http-status'],
    [204, 'feed-http-status'],
    [206, 'feed-http-status'],
  ])('calls status %i %s', async (status, code) => {
    answers['/feed.xml'] = (_, response) => response.writeHead(status).end();
    expect(await fetchOne('/feed.xml')).toEqual(failure(code, { status }));
  });

  it.each<[string, Answer, object]>([
    [
      'a page',
      (_, response) => response.end('<!doctype html><title>Hello</title>'),
      failure('feed-not-a-feed'),
    ],
    ['half a feed', (_, response) => response.end(FEED.slice(0, -60)), failure('feed-broken')],
    [
      'a feed without audio',
      (_, response) => response.end(feedXml([])),
      failure('feed-without-audio'),
    ],
    ['a host that hangs up', (request) => request.socket.destroy(), failure('feed-unreachable')],
    [
      'a host that breaks off',
      (request, response) => {
        response.writeHead(200, { 'Content-Length': FEED.length }).write(FEED.slice(0, 99));
        setImmediate(() => request.socket.destroy());
      },
      failure('feed-unreachable'),
    ],
    [
      'a feed that never ends',
      (_, response) => {
        const more = () => {
          while (response.writable && response.write(FEED));
          response.once('drain', more);
        };
        more();
      },
      failure('feed-too-large', { limitBytes: FEED_BYTES }),
    ],
    [
      'a compression bomb',
      (_, response) => {
        response.setHeader('Content-Encoding', 'gzip');
        response.end(gzipSync(Buffer.alloc(50 * 1024 * 1024)));
      },
      failure('feed-too-large', { limitBytes: FEED_BYTES }),
    ],
    [
      'two layers of compression',
      (_, response) => {
        response.setHeader('Content-Encoding', 'gzip, gzip');
        response.end(gzipSync(gzipSync(FEED)));
      },
      failure('feed-broken'),
    ],
    [
      'broken compression',
      (_, response) => {
        response.setHeader('Content-Encoding', 'gzip');
        response.end('this is not gzip at all');
      },
      failure('feed-unreachable'),
    ],
  ])('says what is wrong with %s', async (_, answer, expected) => {
    answers['/feed.xml'] = answer;
    expect(await fetchOne('/feed.xml')).toEqual(expected);
  });

  it.each<[string, Answer]>([
    ['is silent', () => undefined],
    ['stops in the middle', (_, response) => response.write(FEED.slice(0, 99))],
  ])('gives up on a host that %s', async (_, answer) => {
    answers['/feed.xml'] = answer;
    const url = origin.url('/feed.xml');
    const response = await impatient.post('/api/feeds', { feeds: [{ url }] });
    expect(await response.json()).toEqual({ results: [failure('feed-timeout')] });
  });

  it.each([
    ['gzip', gzipSync(FEED)],
    ['br', brotliCompressSync(FEED)],
  ])('unpacks %s', async (encoding, bytes) => {
    answers['/feed.xml'] = (_, response) => {
      response.setHeader('Content-Encoding', encoding);
      response.end(bytes);
    };
    expect(await fetchOne('/feed.xml')).toMatchObject({ status: 'fetched' });
  });

  it('reads the encoding that the header names', async () => {
    answers['/feed.xml'] = (_, response) => {
      response.setHeader('Content-Type', 'text/xml; charset=iso-8859-1');
      response.end(Buffer.from(FEED.replace('<title>Test', '<title>Käse'), 'latin1'));
    };
    expect(await fetchOne('/feed.xml')).toMatchObject({ feed: { title: 'Käse' } });
  });

  it.each([
    ['no body', undefined],
    ['no feeds', { feeds: [] }],
    [
      'too many feeds',
      { feeds: Array.from({ length: 51 }, () => ({ url: 'https://a.example/' })) },
    ],
    ['an endless address', { feeds: [{ url: `https://a.example/${'a'.repeat(5000)}` }] }],
    [
      'a header in a validator',
      { feeds: [{ url: 'https://a.example/', etag: '"a"\r\nX-Evil: 1' }] },
    ],
    ['an unknown field', { feeds: [{ url: 'https://a.example/', method: 'DELETE' }] }],
  ])('refuses %s', async (_, body) => {
    const response = await gateway.post('/api/feeds', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ failure: { code: 'unexpected' } });
  });

  it('only takes what is declared as JSON', async () => {
    const body = { feeds: [{ url: origin.url('/feed.xml') }] };
    const response = await gateway.post('/api/feeds', body, { 'content-type': 'text/plain' });
    expect(response.status).toBe(400);
    expect(origin.requests).toHaveLength(0);
  });

  it('refuses a huge body', async () => {
    expect((await gateway.post('/api/feeds', 'x'.repeat(3_000_000))).status).toBe(413);
  });

  it('lets go of a body that nobody reads', async () => {
    const closed = new Promise<void>((resolve) => {
      answers['/feed.xml'] = (_, response) => {
        response.once('close', resolve);
        response.writeHead(404).write('Not found, and so on, and so on');
      };
    });
    expect(await fetchOne('/feed.xml')).toEqual(failure('feed-not-found', { status: 404 }));
    await closed;
  });

  it('lets go of the host when the client goes', async () => {
    const closed = new Promise<void>((resolve) => {
      answers['/feed.xml'] = (_, response) => {
        response.once('close', resolve);
        controller.abort();
      };
    });
    const controller = new AbortController();
    await gateway.request('/api/feeds', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ feeds: [{ url: origin.url('/feed.xml') }] }),
      signal: controller.signal,
    });
    await closed;
  });
});
