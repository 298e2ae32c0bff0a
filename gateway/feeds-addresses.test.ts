import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FEED, type FeedsUnderTest, failure, startFeeds } from './testing/feeds-under-test.ts';
import { type Origin, startOrigin } from './testing/origin.ts';

let feeds: FeedsUnderTest;
/** Another server of this machine, which the guard lets nobody reach. */
let forbidden: Origin;

beforeAll(async () => {
  feeds = await startFeeds();
  forbidden = await startOrigin((_, response) => response.end(FEED));
});

beforeEach(() => feeds.reset());

afterAll(async () => {
  await feeds.close();
  await forbidden.close();
});

describe('POST /api/feeds', () => {
  it.each([
    [[301, 308], 2],
    [[302, 301], 0],
    [[301, 302, 301], 1],
    [[303], 0],
    [[307], 0],
    [[301, 301, 301, 301, 301], 5],
  ])('after the redirects %j asks next time at step %i', async (statuses, step) => {
    statuses.forEach((status, index) => {
      feeds.answers[`/${index}`] = (_, response) => {
        const location = index % 2 === 0 ? `/${index + 1}` : feeds.origin.url(`/${index + 1}`);
        response.writeHead(status, { Location: location }).end('moved');
      };
    });
    feeds.answers[`/${statuses.length}`] = (_, response) => response.end(FEED);
    expect(await feeds.fetchOne('/0')).toMatchObject({
      status: 'fetched',
      feedUrl: feeds.origin.url(`/${step}`),
    });
  });

  it('gives up after five redirects', async () => {
    feeds.answers['/loop'] = (_, response) => response.writeHead(301, { Location: '/loop' }).end();
    expect(await feeds.fetchOne('/loop')).toEqual(failure('feed-redirects'));
    expect(feeds.origin.requests).toHaveLength(6);
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://169.254.169.254/',
    'http://[::1]/',
    '//localhost/',
    'file:///etc/passwd',
    'https://user@example.com/',
  ])('refuses a redirect to %s', async (location) => {
    feeds.answers['/feed.xml'] = (_, response) =>
      response.writeHead(302, { Location: location }).end();
    expect(await feeds.fetchOne('/feed.xml')).toEqual(failure('address-refused'));
  });

  it('never touches another server of this machine', async () => {
    feeds.answers['/feed.xml'] = (_, response) =>
      response.writeHead(302, { Location: forbidden.url('/feed.xml') }).end();
    const results = await feeds.ask(
      { url: feeds.origin.url('/feed.xml') },
      { url: forbidden.url('/feed.xml') },
    );
    expect(results).toEqual([failure('address-refused'), failure('address-refused')]);
    expect(forbidden.requests).toHaveLength(0);
  });

  it('refuses the name under which it was called itself', async () => {
    const url = 'http://podcasts.example/api/feeds';
    expect(await feeds.ask({ url })).toEqual([failure('address-refused')]);
  });
});
