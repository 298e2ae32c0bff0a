import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedResult } from '../core/api/feeds.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from './context.ts';
import { FEED, type FeedsUnderTest, startFeeds } from './testing/feeds-under-test.ts';

const KB = 1024;
const SIZE_BYTES = 100 * KB;
/** Packed, it is a thousandth. */
const BIG = FEED.replace('</channel>', `${' '.repeat(SIZE_BYTES - FEED.length)}</channel>`);
const NO_ROOM = { status: 'failed', failure: { code: 'gateway-unreachable' } };

let feeds: FeedsUnderTest;

beforeEach(() => start({ room: { bytes: 500 * KB, bytesPerClient: 350 * KB } }));
afterEach(() => feeds.close());

async function start(limits: Partial<GatewayLimits>) {
  feeds = await startFeeds(limits);
  const packed = gzipSync(BIG);
  for (let number = 0; number < 50; number += 1) {
    feeds.answers[`/${number}`] = (_, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed);
  }
}

const many = (count = 50) =>
  Array.from({ length: count }, (_, number) => ({ url: feeds.origin.url(`/${number}`) }));

const read = (results: readonly FeedResult[]) =>
  results.filter(({ status }) => status === 'fetched').length;

const asClient = (client: string, headers: Record<string, string> = {}) =>
  feeds.gateway.post('/api/feeds', { feeds: many(3) }, { 'x-test-client': client, ...headers });

describe('many big feeds', () => {
  it('are read as far as there is room, and the rest is neither read nor asked for', async () => {
    const results = await feeds.ask(...many());
    expect(read(results)).toBeGreaterThan(0);
    expect(read(results)).toBeLessThanOrEqual(3);
    expect(results.filter(({ status }) => status === 'failed')).toEqual(
      Array.from({ length: 50 - read(results) }, () => NO_ROOM),
    );
    expect(feeds.origin.requests.length).toBeLessThanOrEqual(12);
  });

  it('can be asked for again until all are read', async () => {
    let left = many(20);
    for (let rounds = 0; left.length > 0; rounds += 1) {
      expect(rounds).toBeLessThan(20);
      const results = await feeds.ask(...left);
      left = left.filter((_, index) => results[index]?.status !== 'fetched');
    }
  });

  it('of one client leave room for others, until their answers are read', async () => {
    const first = await asClient('a');
    // One more would be too much for that client, and three more for all.
    const again = await (await asClient('a')).json();
    expect(read(again.results)).toBe(0);
    const other = await asClient('b');
    expect([1, 2]).toContain(read((await other.json()).results));
    expect(read((await first.json()).results)).toBe(3);
    expect(read((await (await asClient('a')).json()).results)).toBe(3);
  });

  it.each<[string, (response: Response) => unknown]>([
    ['does not want it', (response) => response.body?.cancel()],
    ['has read it', (response) => response.arrayBuffer()],
  ])('are let go of when a client with a key %s', async (_, end) => {
    const keyed = (key: string) => asClient('a', { 'idempotency-key': key });
    await end(await keyed('one'));
    const answer = await (await keyed('two')).json();
    expect(read(answer.results)).toBe(3);
  });

  it('are paid for, and more than what is only passed on', async () => {
    await feeds.close();
    const { client } = DEFAULT_LIMITS;
    const bytes = { burst: 10 * SIZE_BYTES, perSecond: SIZE_BYTES };
    await start({ client: { ...client, bytes } });
    expect((await asClient('a')).status).toBe(200);
    expect((await asClient('b')).status).toBe(200);
    const refused = await asClient('a');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '14']);
  });
});

it('is the same for lists', async () => {
  await feeds.close();
  await start({ room: { bytes: 500 * KB, bytesPerClient: 100 } });
  feeds.answers['/list'] = (_, response) => response.end(`<opml>${' '.repeat(100)}</opml>`);
  const response = await feeds.gateway.post('/api/outlines', { url: feeds.origin.url('/list') });
  expect(await response.json()).toEqual(NO_ROOM);
});
