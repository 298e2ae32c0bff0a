import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { ScriptedFeeds } from '../testing/scripted-feeds.ts';
import { FeedPoller } from './poller.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const URL_A = 'https://a.example/feed.xml';
const URL_B = 'https://b.example/feed.xml';
const policy = { allowAddresses: [], ownHosts: [] };

let clock: FakeClock;
let feeds: ScriptedFeeds;
let changes: { url: string; followers: string[] }[];
let poller: FeedPoller<string>;

beforeEach(() => {
  clock = new FakeClock();
  feeds = new ScriptedFeeds();
  changes = [];
  poller = new FeedPoller<string>({
    read: feeds.read,
    onChange: (url, followers) => changes.push({ url, followers: [...followers] }),
    pace: { minMs: 5 * MINUTE_MS, maxMs: 24 * HOUR_MS },
    clock,
  });
});

/** When the feed was asked for while so much time went by. */
async function asked(ms: number): Promise<number[]> {
  const times: number[] = [];
  const from = clock.nowMs;
  for (let at = from; at < from + ms; at += MINUTE_MS) {
    const before = feeds.requests.length;
    await clock.advance(MINUTE_MS);
    for (let count = before; count < feeds.requests.length; count += 1) times.push(at - from);
  }
  return times;
}

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
