import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FeedsUnderTest, failure, startFeeds } from './testing/feeds-under-test.ts';
import type { Answer } from './testing/origin.ts';

const LIST = `<opml version="2.0"><body>
  <outline text="One" xmlUrl="https://one.example/feed"/><outline xmlUrl="javascript:x()"/>
</body></opml>`;

let feeds: FeedsUnderTest;

beforeAll(async () => {
  feeds = await startFeeds({ feedTimeoutMs: 3_000 });
});
beforeEach(() => feeds.reset());
afterAll(() => feeds.close());

async function fetchList(answer: Answer): Promise<unknown> {
  feeds.answers['/list.opml'] = answer;
  return ask(feeds.origin.url('/list.opml'));
}

async function ask(url: string): Promise<unknown> {
  const response = await feeds.gateway.post('/api/outlines', { url });
  expect(response.status).toBe(200);
  return response.json();
}

describe('POST /api/outlines', () => {
  it('reads the podcasts of a list', async () => {
    const list = {
      status: 'fetched',
      feeds: [
        { address: 'https://one.example/feed', title: 'One', usable: true },
        { address: 'javascript:x()', usable: false },
      ],
    };
    expect(await fetchList((_, response) => response.end(LIST))).toEqual(list);
    const packed = { 'Content-Encoding': 'gzip' };
    expect(
      await fetchList((_, response) => response.writeHead(200, packed).end(gzipSync(LIST))),
    ).toEqual(list);
    expect(
      await fetchList((_, response) =>
        response
          .writeHead(200, { 'Content-Type': 'text/xml; charset=utf-16le' })
          .end(Buffer.from(LIST, 'utf16le')),
      ),
    ).toEqual(list);
  });

  it.each<[string, Answer, object]>([
    [
      'nothing there',
      (_, response) => response.writeHead(404).end(),
      failure('feed-not-found', { status: 404 }),
    ],
    ['a page', (_, response) => response.end('<html>'), failure('opml-not-a-list')],
    ['half a list', (_, response) => response.end(LIST.slice(0, -9)), failure('opml-broken')],
    ['an empty list', (_, response) => response.end('<opml/>'), failure('opml-empty')],
    [
      'packed twice',
      (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip, gzip' }).end(),
      failure('opml-broken'),
    ],
    [
      'what unpacks to more',
      (_, response) =>
        response
          .writeHead(200, { 'Content-Encoding': 'gzip' })
          .end(gzipSync(LIST + ' '.repeat(6e6))),
      failure('opml-too-large', { limitBytes: 5_242_880 }),
    ],
    ['a host that hangs up', (request) => request.socket.destroy(), failure('feed-unreachable')],
    [
      'a host that never ends',
      (_, response) => response.writeHead(200).write('<opml>'),
      failure('feed-timeout'),
    ],
    [
      'a redirect inwards',
      (_, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
      failure('address-refused'),
    ],
  ])('says what is wrong with %s', async (_what, answer, expected) => {
    expect(await fetchList(answer)).toEqual(expected);
  });

  it.each(['http://169.254.169.254/', 'http://localhost/', 'file:///etc/passwd', 'javascript:x'])(
    'refuses %s',
    async (url) => {
      expect(await ask(url)).toEqual(failure('address-refused'));
    },
  );

  it('refuses what is no such request', async () => {
    for (const body of [{}, { url: 1 }, { url: 'x', more: 1 }, { url: 'x'.repeat(5000) }, []]) {
      expect((await feeds.gateway.post('/api/outlines', body)).status).toBe(400);
    }
  });
});
