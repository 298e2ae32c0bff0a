import { beforeEach, describe, expect, it } from 'vitest';
import {
  HOUR_MS,
  MINUTE_MS,
  policy,
  pollerUnderTest,
  URL_A,
  URL_B,
} from '../testing/poller-under-test.ts';
import { FeedPoller } from './poller.ts';

let { clock, feeds, changes, poller } = pollerUnderTest();

beforeEach(() => {
  ({ clock, feeds, changes, poller } = pollerUnderTest());
});

describe('a followed feed', () => {
  it('is asked for once for all who follow it', async () => {
    feeds.publish(URL_A, 1);
    for (let index = 0; index < 200; index += 1) {
      poller.follow({ url: URL_A }, `follower ${index}`, policy);
    }
    await clock.advance(0);
    expect(feeds.requests).toEqual([{ url: URL_A }]);
    feeds.publish(URL_A, 2);
    await clock.advance(HOUR_MS);
    expect(feeds.requests.length).toBe(2);
    expect(changes.map(({ followers }) => followers.length)).toEqual([200]);
  });

  it('is told of when its content changes, and only then', async () => {
    feeds.publish(URL_A, 1);
    poller.follow({ url: URL_A }, 'a', policy);
    await clock.advance(10 * HOUR_MS);
    expect(changes).toEqual([]);
    feeds.publish(URL_A, 2);
    await clock.advance(HOUR_MS);
    feeds.publish(URL_A, 2, { etag: '"another"' });
    await clock.advance(5 * HOUR_MS);
    expect(changes).toEqual([{ url: URL_A, followers: ['a'] }]);
  });

  it('is asked for with the validators of its last answer', async () => {
    feeds.publish(URL_A, 1, { etag: '"1"' });
    poller.follow({ url: URL_A }, 'a', policy);
    await clock.advance(HOUR_MS);
    feeds.publish(URL_A, 2, { etag: '"2"', lastModified: 'today' });
    await clock.advance(2 * HOUR_MS);
    expect(feeds.requests).toEqual([
      { url: URL_A },
      { url: URL_A, etag: '"1"' },
      { url: URL_A, etag: '"1"' },
      { url: URL_A, etag: '"2"', lastModified: 'today' },
    ]);
    expect(changes.length).toBe(1);
  });

  it('that is newer than what the first follower has is told of at the first look', async () => {
    feeds.publish(URL_A, 2, { etag: '"2"' });
    poller.follow({ url: URL_A, etag: '"1"' }, 'a', policy);
    await clock.advance(0);
    expect(changes.length).toBe(1);
    await clock.advance(5 * HOUR_MS);
    expect(changes.length).toBe(1);
  });

  it('that is still the same is not, also where the host ignores conditions', async () => {
    feeds.publish(URL_A, 2, { lastModified: 'today' });
    poller.follow({ url: URL_A, lastModified: 'today' }, 'a', policy);
    poller.follow({ url: URL_A, lastModified: 'long ago' }, 'b', policy);
    await clock.advance(5 * HOUR_MS);
    expect(changes).toEqual([]);
  });
});

describe('a feed that nobody follows any more', () => {
  it('is not asked for, and leaves nothing behind', async () => {
    feeds.publish(URL_A, 1);
    poller.follow({ url: URL_A }, 'a', policy);
    poller.follow({ url: URL_A }, 'b', policy);
    await clock.advance(0);
    poller.unfollow(URL_A, 'a');
    await clock.advance(HOUR_MS);
    expect(feeds.requests.length).toBe(2);
    poller.unfollow(URL_A, 'b');
    poller.unfollow(URL_A, 'b');
    await clock.advance(24 * HOUR_MS);
    expect(feeds.requests.length).toBe(2);
    expect(clock.pending).toBe(0);
  });

  it('is not asked for sooner because it is followed anew, over and over', async () => {
    feeds.publish(URL_A, 1, { paceMs: 10 * MINUTE_MS });
    feeds.publish(URL_B, 1, { paceMs: 10 * MINUTE_MS });
    poller.follow({ url: URL_A }, 'a', policy);
    await clock.advance(0);
    for (let minute = 0; minute < 60; minute += 1) {
      poller.unfollow(URL_A, 'a');
      poller.follow({ url: URL_B }, 'a', policy);
      await clock.advance(MINUTE_MS / 2);
      poller.unfollow(URL_B, 'a');
      poller.follow({ url: URL_A }, 'a', policy);
      await clock.advance(MINUTE_MS / 2);
    }
    const asked = (of: string) => feeds.requests.filter(({ url }) => url === of).length;
    for (const url of [URL_A, URL_B]) {
      expect(asked(url)).toBeGreaterThan(6);
      expect(asked(url)).toBeLessThanOrEqual(13);
    }
  });

  it('tells nothing of an answer that comes too late, and the request is ended', async () => {
    let answer: () => void = () => undefined;
    const signals: AbortSignal[] = [];
    feeds.publish(URL_A, 2, { etag: '"2"' });
    const slow = new FeedPoller<string>({
      read: async (request, options) => {
        signals.push(options.signal);
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return feeds.read(request, options);
      },
      onChange: (url, followers) => changes.push({ url, followers: [...followers] }),
      pace: { minMs: MINUTE_MS, maxMs: HOUR_MS },
      clock,
    });
    slow.follow({ url: URL_A, etag: '"1"' }, 'a', policy);
    await clock.advance(0);
    slow.unfollow(URL_A, 'a');
    expect(signals[0]?.aborted).toBe(true);
    answer();
    await clock.advance(HOUR_MS);
    expect(changes).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe('many feeds', () => {
  it('are asked for a few at a time', async () => {
    let running = 0;
    let most = 0;
    const finish: (() => void)[] = [];
    const many = new FeedPoller<string>({
      read: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => finish.push(resolve));
        running -= 1;
        return { result: { status: 'not-modified' }, paceMs: undefined };
      },
      onChange: () => undefined,
      pace: { minMs: MINUTE_MS, maxMs: HOUR_MS },
      clock,
    });
    for (let index = 0; index < 40; index += 1) {
      many.follow({ url: `https://a.example/${index}` }, 'a', policy);
    }
    await clock.advance(0);
    let done = 0;
    while (finish.length > 0) {
      for (const end of finish.splice(0)) {
        end();
        done += 1;
      }
      await clock.advance(0);
    }
    expect(done).toBe(40);
    expect(most).toBe(6);
  });

  it('are not followed without end', () => {
    feeds.publish(URL_A, 1);
    let followed = 0;
    for (let index = 0; index < 10_050; index += 1) {
      if (poller.follow({ url: `https://a.example/${index}` }, 'a', policy)) followed += 1;
    }
    expect(followed).toBe(10_000);
    poller.close();
    expect(clock.pending).toBe(0);
  });
});
