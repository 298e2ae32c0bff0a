import type { ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FEED, type FeedsUnderTest, failure, startFeeds } from './testing/feeds-under-test.ts';
import { type Answer, feedXml } from './testing/origin.ts';

let feeds: FeedsUnderTest;

beforeAll(async () => {
  feeds = await startFeeds();
});

beforeEach(() => feeds.reset());

afterAll(() => feeds.close());

describe('POST /api/feeds', () => {
  it('fetches, parses and says what to ask next time', async () => {
    feeds.answers['/feed.xml'] = (_, response) => {
      response.setHeader('ETag', '"v1"');
      response.setHeader('Last-Modified', 'Tue, 01 Sep 2026 10:00:00 GMT');
      response.end(FEED);
    };
    const result = await feeds.fetchOne('/feed.xml');
    expect(result).toMatchObject({
      status: 'fetched',
      feedUrl: feeds.origin.url('/feed.xml'),
      etag: '"v1"',
      lastModified: 'Tue, 01 Sep 2026 10:00:00 GMT',
      feed: { title: 'Test', episodes: [{ title: 'Episode 0' }, { title: 'Episode 1' }] },
    });
    expect(feeds.origin.requests[0]?.headers).toMatchObject({
      'user-agent': expect.stringContaining('Stowaway'),
      'accept-encoding': 'gzip, br',
    });
    expect(feeds.origin.requests[0]?.headers.cookie).toBeUndefined();
  });

  it('gives a token for each address that may be relayed', async () => {
    const more = `<itunes:image href="https://media.example/art.jpg"/>
      <podcast:chapters url="https://media.example/chapters.json" type="application/json+chapters"/>
      <podcast:transcript url="https://media.example/words.vtt" type="text/vtt"/>`;
    feeds.answers['/rich.xml'] = (_, response) =>
      response.end(feedXml(['https://media.example/1.mp3'], more));
    const result = await feeds.fetchOne('/rich.xml');
    if (result.status !== 'fetched') throw new Error(result.status);
    expect(result.relayTokens.map(([url]) => url).sort()).toEqual([
      'https://media.example/1.mp3',
      'https://media.example/art.jpg',
      'https://media.example/chapters.json',
      'https://media.example/words.vtt',
    ]);
    for (const [, token] of result.relayTokens) expect(token).toMatch(/^[\w-]+\.[\w-]{43}$/);
    // The same later: a device has nothing to write where nothing has changed.
    feeds.gateway.clock.now += 400 * 24 * 60 * 60_000;
    expect(await feeds.fetchOne('/rich.xml')).toEqual(result);
  });

  it('answers many feeds in their order, at most six at once', async () => {
    const waiting: ServerResponse[] = [];
    let most = 0;
    feeds.answers = Object.fromEntries(
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
    const asked = Object.keys(feeds.answers).map((path) => ({ url: feeds.origin.url(path) }));
    const results = await feeds.ask(...asked);
    expect(results.map((result) => result.status === 'fetched' && result.feedUrl)).toEqual(
      asked.map(({ url }) => url),
    );
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(6);
  });

  it('lets one bad feed be bad by itself', async () => {
    const results = await feeds.ask({ url: 'no address' }, { url: feeds.origin.url('/feed.xml') });
    expect(results).toMatchObject([failure('address-invalid'), { status: 'fetched' }]);
  });

  it('passes validators on and knows an unchanged feed', async () => {
    feeds.answers['/feed.xml'] = (request, response) => {
      const isKnown = request.headers['if-none-match'] === '"v1"';
      response.writeHead(isKnown ? 304 : 200, { ETag: '"v1"' }).end(isKnown ? undefined : FEED);
    };
    const lastModified = 'Tue, 01 Sep 2026 10:00:00 GMT';
    const url = feeds.origin.url('/feed.xml');
    expect(await feeds.ask({ url, etag: '"v1"', lastModified })).toEqual([
      { status: 'not-modified' },
    ]);
    expect(feeds.origin.requests[0]?.headers['if-modified-since']).toBe(lastModified);
    expect(await feeds.ask({ url, etag: '"v0"' })).toMatchObject([
      { status: 'fetched', etag: '"v1"' },
    ]);
  });

  it('takes a 304 that nobody asked for as a failure', async () => {
    feeds.answers['/feed.xml'] = (_, response) => response.writeHead(304).end();
    expect(await feeds.fetchOne('/feed.xml')).toEqual(failure('feed-http-status', { status: 304 }));
  });

  it.each([
    ['gzip', gzipSync(FEED)],
    ['br', brotliCompressSync(FEED)],
  ])('unpacks %s', async (encoding, bytes) => {
    feeds.answers['/feed.xml'] = (_, response) => {
      response.setHeader('Content-Encoding', encoding);
      response.end(bytes);
    };
    expect(await feeds.fetchOne('/feed.xml')).toMatchObject({ status: 'fetched' });
  });

  it('reads the encoding that the header names', async () => {
    feeds.answers['/feed.xml'] = (_, response) => {
      response.setHeader('Content-Type', 'text/xml; charset=iso-8859-1');
      response.end(Buffer.from(FEED.replace('<title>Test', '<title>Käse'), 'latin1'));
    };
    expect(await feeds.fetchOne('/feed.xml')).toMatchObject({ feed: { title: 'Käse' } });
  });
});
