import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FEED, type FeedsUnderTest, failure, startFeeds } from './testing/feeds-under-test.ts';
import { type Answer, feedXml } from './testing/origin.ts';

const FEED_BYTES = 64 * 1024;

let feeds: FeedsUnderTest;
/** Gives up soon, for the hosts that never answer; the other gives them all the time they need. */
let impatient: FeedsUnderTest;

beforeAll(async () => {
  feeds = await startFeeds({ feedBytes: FEED_BYTES });
  impatient = await startFeeds({ feedTimeoutMs: 300 });
});

beforeEach(() => feeds.reset());

afterAll(async () => {
  await feeds.close();
  await impatient.close();
});

describe('POST /api/feeds', () => {
  it.each([
    [404, 'feed-not-found'],
    [410, 'feed-not-found'],
    [401, 'feed-denied'],
    [403, 'feed-denied'],
    [500, 'feed-http-status'],
    [204, 'feed-http-status'],
    [206, 'feed-http-status'],
  ])('calls status %i %s', async (status, code) => {
    feeds.answers['/feed.xml'] = (_, response) => response.writeHead(status).end();
    expect(await feeds.fetchOne('/feed.xml')).toEqual(failure(code, { status }));
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
    feeds.answers['/feed.xml'] = answer;
    expect(await feeds.fetchOne('/feed.xml')).toEqual(expected);
  });

  it.each<[string, Answer]>([
    ['is silent', () => undefined],
    ['stops in the middle', (_, response) => response.write(FEED.slice(0, 99))],
  ])('gives up on a host that %s', async (_, answer) => {
    impatient.answers['/feed.xml'] = answer;
    const url = impatient.origin.url('/feed.xml');
    const response = await impatient.gateway.post('/api/feeds', { feeds: [{ url }] });
    expect(await response.json()).toEqual({ results: [failure('feed-timeout')] });
  });

  it('lets go of a body that nobody reads', async () => {
    const closed = new Promise<void>((resolve) => {
      feeds.answers['/feed.xml'] = (_, response) => {
        response.once('close', resolve);
        response.writeHead(404).write('Not found, and so on, and so on');
      };
    });
    expect(await feeds.fetchOne('/feed.xml')).toEqual(failure('feed-not-found', { status: 404 }));
    await closed;
  });
});
