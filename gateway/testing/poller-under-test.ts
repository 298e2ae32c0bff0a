import { FeedPoller } from '../live/poller.ts';
import { FakeClock } from './fake-clock.ts';
import { ScriptedFeeds } from './scripted-feeds.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const URL_A = 'https://a.example/feed.xml';
export const URL_B = 'https://b.example/feed.xml';
export const policy = { allowAddresses: [], ownHosts: [] };

/** A poller on a clock of its own, with feeds to ask for, and what it has told its followers. */
export function pollerUnderTest() {
  const clock = new FakeClock();
  const feeds = new ScriptedFeeds();
  const changes: { url: string; followers: string[] }[] = [];
  const poller = new FeedPoller<string>({
    read: feeds.read,
    onChange: (url, followers) => changes.push({ url, followers: [...followers] }),
    pace: { minMs: 5 * MINUTE_MS, maxMs: 24 * HOUR_MS },
    clock,
  });
  /** When the feed was asked for while so much time went by. */
  const asked = async (ms: number): Promise<number[]> => {
    const times: number[] = [];
    const from = clock.nowMs;
    for (let at = from; at < from + ms; at += MINUTE_MS) {
      const before = feeds.requests.length;
      await clock.advance(MINUTE_MS);
      for (let count = before; count < feeds.requests.length; count += 1) times.push(at - from);
    }
    return times;
  };
  return { clock, feeds, changes, poller, asked };
}
