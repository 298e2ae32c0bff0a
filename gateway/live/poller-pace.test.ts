import { beforeEach, describe, expect, it } from 'vitest';
import {
  HOUR_MS,
  MINUTE_MS,
  policy,
  pollerUnderTest,
  URL_A,
} from '../testing/poller-under-test.ts';

let { clock, feeds, changes, poller, asked } = pollerUnderTest();

beforeEach(() => {
  ({ clock, feeds, changes, poller, asked } = pollerUnderTest());
});

describe('the pace', () => {
  it.each([
    ['nothing is said', undefined, HOUR_MS],
    ['the feed says', 20 * MINUTE_MS, 20 * MINUTE_MS],
    ['the least, where the feed wants less', 1_000, 5 * MINUTE_MS],
    ['the most, where it wants more', 7 * 24 * HOUR_MS, 24 * HOUR_MS],
  ])('is what %s', async (_, paceMs, expectedMs) => {
    feeds.publish(URL_A, 1, { ...(paceMs && { paceMs }) });
    poller.follow({ url: URL_A }, 'a', policy);
    await clock.advance(0);
    const at = await asked(2 * expectedMs + MINUTE_MS);
    expect(at).toEqual([expectedMs - MINUTE_MS, 2 * expectedMs - MINUTE_MS]);
  });

  it('of the feed stays when the host only says that nothing is new', async () => {
    feeds.publish(URL_A, 1, { etag: '"1"', paceMs: 3 * HOUR_MS });
    poller.follow({ url: URL_A }, 'a', policy);
    await clock.advance(0);
    feeds.publish(URL_A, 1, { etag: '"1"', paceMs: 10 * MINUTE_MS });
    expect((await asked(9 * HOUR_MS)).length).toBe(3);
  });

  it('of the host counts as well when nothing has been read whole', async () => {
    feeds.publish(URL_A, 1, { etag: '"1"', paceMs: 10 * MINUTE_MS });
    poller.follow({ url: URL_A, etag: '"1"' }, 'a', policy);
    await clock.advance(0);
    expect((await asked(HOUR_MS)).length).toBe(6);
  });

  it('is a little later each time, so that not all come at once', async () => {
    clock.randomValue = 0.5;
    feeds.publish(URL_A, 1, { paceMs: 100 * MINUTE_MS });
    poller.follow({ url: URL_A }, 'a', policy);
    await clock.advance(14_999);
    expect(feeds.requests.length).toBe(0);
    await clock.advance(1);
    expect(feeds.requests.length).toBe(1);
    expect((await asked(106 * MINUTE_MS)).length).toBe(1);
    expect(clock.nowMs).toBeGreaterThan(104 * MINUTE_MS);
  });

  it('slows down while the host fails, and recovers', async () => {
    feeds.fail(URL_A);
    poller.follow({ url: URL_A }, 'a', policy);
    await clock.advance(0);
    expect(await asked(75 * MINUTE_MS)).toEqual([9, 29, 69].map((minute) => minute * MINUTE_MS));
    feeds.publish(URL_A, 1, { paceMs: 10 * MINUTE_MS });
    await clock.advance(80 * MINUTE_MS);
    expect((await asked(HOUR_MS)).length).toBe(6);
    expect(changes).toEqual([]);
  });

  it('never grows beyond a day, however long a host fails', async () => {
    feeds.fail(URL_A);
    poller.follow({ url: URL_A }, 'a', policy);
    await clock.advance(60 * 24 * HOUR_MS);
    const before = feeds.requests.length;
    await clock.advance(24 * HOUR_MS);
    expect(feeds.requests.length).toBe(before + 1);
  });

  it('heeds a host that says when to come back', async () => {
    feeds.fail(URL_A, 2 * HOUR_MS);
    poller.follow({ url: URL_A }, 'a', policy);
    await clock.advance(0);
    expect(await asked(3 * HOUR_MS)).toEqual([2 * HOUR_MS - MINUTE_MS]);
  });
});
