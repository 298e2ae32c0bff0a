import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FEED, type FeedsUnderTest, startFeeds } from './testing/feeds-under-test.ts';

let feeds: FeedsUnderTest;

beforeAll(async () => {
  feeds = await startFeeds();
});

beforeEach(() => feeds.reset());

afterAll(() => feeds.close());

describe('POST /api/feeds', () => {
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
    const response = await feeds.gateway.post('/api/feeds', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ failure: { code: 'unexpected' } });
  });

  it('only takes what is declared as JSON', async () => {
    const body = { feeds: [{ url: feeds.origin.url('/feed.xml') }] };
    const response = await feeds.gateway.post('/api/feeds', body, { 'content-type': 'text/plain' });
    expect(response.status).toBe(400);
    expect(feeds.origin.requests).toHaveLength(0);
  });

  it('refuses a huge body', async () => {
    expect((await feeds.gateway.post('/api/feeds', 'x'.repeat(3_000_000))).status).toBe(413);
  });

  it('answers a repeated key with the first answer, and does the work once', async () => {
    const body = { feeds: [{ url: feeds.origin.url('/feed.xml') }] };
    const ask = (key: string, asked: unknown = body) =>
      feeds.gateway.post('/api/feeds', asked, {
        'content-type': 'application/json',
        'idempotency-key': key,
      });
    const first = await (await ask('key')).json();
    expect(first).toMatchObject({ results: [{ status: 'fetched' }] });
    expect(await (await ask('key')).json()).toEqual(first);
    expect(feeds.origin.requests).toHaveLength(1);
    const other = { feeds: [{ url: feeds.origin.url('/other.xml') }] };
    expect((await ask('key', other)).status).toBe(422);
    expect((await ask('no key at all')).status).toBe(400);
  });

  it('tries again under the same key what has failed', async () => {
    const body = { feeds: [{ url: feeds.origin.url('/late.xml') }] };
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'late' };
    await feeds.gateway.post('/api/feeds', body, headers);
    feeds.answers['/late.xml'] = (_, response) => response.end(FEED);
    const again = await feeds.gateway.post('/api/feeds', body, headers);
    expect(await again.json()).toMatchObject({ results: [{ status: 'fetched' }] });
  });

  it('lets go of the host when the client goes', async () => {
    const closed = new Promise<void>((resolve) => {
      feeds.answers['/feed.xml'] = (_, response) => {
        response.once('close', resolve);
        controller.abort();
      };
    });
    const controller = new AbortController();
    await feeds.gateway.request('/api/feeds', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ feeds: [{ url: feeds.origin.url('/feed.xml') }] }),
      signal: controller.signal,
    });
    await closed;
  });
});
