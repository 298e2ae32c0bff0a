import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../context.ts';
import {
  answerWith,
  ask,
  begin,
  end,
  gateway,
  origin,
  restart,
  results,
  says,
} from '../testing/search-under-test.ts';

beforeEach(begin);
afterEach(end);

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
    await restart({ PODCASTINDEX_KEY: 'KEY', PODCASTINDEX_SECRET: 'SECRET' });
    answerWith(
      says({
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
      }),
    );
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
    answerWith((request) => request.socket.destroy());
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
