import type { FeedRequest } from '../../core/api/feed-request.ts';
import { slower } from '../../core/feed/pace.ts';
import type { PollPace } from '../context.ts';
import type { FeedReading } from '../feeds.ts';
import type { AddressPolicy } from '../guard/addresses.ts';
import type { Clock } from './clock.ts';

/** Where a feed and its host say nothing about how often they want to be asked. */
const DEFAULT_PACE_MS = 60 * 60_000;
const CONCURRENT_POLLS = 6;
/** Of all clients together. */
const MAX_POLLED_FEEDS = 10_000;
/** Later by up to this share, so that feeds of one host drift apart. */
const JITTER = 0.1;
/** The first look comes soon, but a server that has just started does not ask for all at once. */
const MAX_FIRST_DELAY_MS = 30_000;

export type ReadFeed = (
  request: FeedRequest,
  options: { policy: AddressPolicy; signal: AbortSignal },
) => Promise<FeedReading>;

interface PolledFeed<Follower> {
  /** What is known of it: its validators make the next request conditional. */
  request: FeedRequest;
  policy: AddressPolicy;
  followers: Set<Follower>;
  /** Of its content when it was last read whole. */
  digest: string | undefined;
  /** As the feed and its host said with the last whole answer, if they did. */
  paceMs: number | undefined;
  failures: number;
  /** It was looked at less than the shortest pace ago. */
  isResting: boolean;
  /** Aborted when nobody follows it any more. */
  dropped: AbortController;
}

/**
 * Asks for each followed feed once for all its followers, at the feed's own pace within bounds, and
 * tells when its content has changed. A feed that nobody follows is forgotten, but not so soon that
 * whoever follows it anew could have it asked for more often.
 */
export class FeedPoller<Follower> {
  private readonly feeds = new Map<string, PolledFeed<Follower>>();
  private readonly waiting = new Set<PolledFeed<Follower>>();
  private running = 0;
  private readonly read: ReadFeed;
  private readonly onChange: (url: string, followers: ReadonlySet<Follower>) => void;
  private readonly pace: PollPace;
  private readonly clock: Clock;

  constructor(options: {
    read: ReadFeed;
    onChange(url: string, followers: ReadonlySet<Follower>): void;
    pace: PollPace;
    clock: Clock;
  }) {
    this.read = options.read;
    this.onChange = options.onChange;
    this.pace = options.pace;
    this.clock = options.clock;
  }

  /**
   * Returns whether it is followed now: not when there are too many already. The validators say
   * what the follower has; they count when the feed is new here, so that its first look can tell
   * whether that is still the latest.
   */
  follow(request: FeedRequest, follower: Follower, policy: AddressPolicy): boolean {
    const known = this.feeds.get(request.url);
    if (known) {
      known.followers.add(follower);
      return true;
    }
    if (this.feeds.size >= MAX_POLLED_FEEDS) return false;
    const feed: PolledFeed<Follower> = {
      request,
      policy,
      followers: new Set([follower]),
      digest: undefined,
      paceMs: undefined,
      failures: 0,
      isResting: false,
      dropped: new AbortController(),
    };
    this.feeds.set(request.url, feed);
    this.schedule(feed, Math.min(this.pace.minMs, MAX_FIRST_DELAY_MS) * this.clock.random());
    return true;
  }

  /** Whether following it would not begin anything. */
  isKnown(url: string): boolean {
    return this.feeds.has(url);
  }

  unfollow(url: string, follower: Follower): void {
    const feed = this.feeds.get(url);
    feed?.followers.delete(follower);
    if (feed) this.dropIfUnused(feed);
  }

  /** Forgets everything; what is under way is ended. */
  close(): void {
    for (const feed of this.feeds.values()) this.drop(feed);
  }

  private dropIfUnused(feed: PolledFeed<Follower>): void {
    if (feed.followers.size === 0 && !feed.isResting) this.drop(feed);
  }

  private drop(feed: PolledFeed<Follower>): void {
    this.feeds.delete(feed.request.url);
    this.waiting.delete(feed);
    feed.dropped.abort();
  }

  private schedule(feed: PolledFeed<Follower>, delayMs: number): void {
    this.after(feed, delayMs, () => {
      this.waiting.add(feed);
      this.work();
    });
  }

  /** Never longer than until the next look. */
  private rest(feed: PolledFeed<Follower>): void {
    feed.isResting = true;
    this.after(feed, this.pace.minMs, () => {
      feed.isResting = false;
      this.dropIfUnused(feed);
    });
  }

  private after(feed: PolledFeed<Follower>, delayMs: number, callback: () => void): void {
    const { signal } = feed.dropped;
    const cancel = this.clock.after(delayMs, () => {
      signal.removeEventListener('abort', cancel);
      callback();
    });
    signal.addEventListener('abort', cancel);
  }

  /** Takes waiting feeds, as many as may run at once. */
  private work(): void {
    for (const feed of this.waiting) {
      if (this.running >= CONCURRENT_POLLS) return;
      this.waiting.delete(feed);
      this.running += 1;
      this.poll(feed)
        // A bug, and this one feed's matter: the others go on.
        .catch((error: unknown) => console.error(error))
        .finally(() => {
          this.running -= 1;
          this.work();
        });
    }
  }

  private async poll(feed: PolledFeed<Follower>): Promise<void> {
    const { policy, dropped } = feed;
    const { result, paceMs } = await this.read(feed.request, { policy, signal: dropped.signal });
    if (dropped.signal.aborted) return;
    this.rest(feed);
    if (result.status === 'failed') {
      feed.failures += 1;
      return this.schedule(feed, this.delayAfterFailure(feed, paceMs));
    }
    const isChanged = result.status === 'fetched' && (await this.take(feed, result));
    if (dropped.signal.aborted) return;
    feed.failures = 0;
    if (result.status === 'fetched') feed.paceMs = paceMs;
    // A 304 does not repeat what the feed itself says.
    this.schedule(feed, this.withJitter(slower(feed.paceMs, paceMs) ?? DEFAULT_PACE_MS));
    if (isChanged) this.onChange(feed.request.url, feed.followers);
  }

  /** Remembers what was read, and says whether it is something new for those who follow. */
  private async take(
    feed: PolledFeed<Follower>,
    { etag, lastModified, feed: content }: Extract<FeedReading['result'], { status: 'fetched' }>,
  ): Promise<boolean> {
    const before = feed.request;
    const digest = await digestOf(content);
    // At the first look there is only what the follower said; many hosts answer in full all the same.
    const isChanged =
      feed.digest !== undefined
        ? feed.digest !== digest
        : before.etag !== undefined
          ? before.etag !== etag
          : before.lastModified !== undefined && before.lastModified !== lastModified;
    feed.digest = digest;
    feed.request = {
      url: before.url,
      ...(etag !== undefined && { etag }),
      ...(lastModified !== undefined && { lastModified }),
    };
    return isChanged;
  }

  private delayAfterFailure(feed: PolledFeed<Follower>, retryAfterMs = 0): number {
    const backoffMs = this.pace.minMs * 2 ** Math.min(feed.failures, 20);
    return this.withJitter(Math.max(backoffMs, retryAfterMs));
  }

  private withJitter(waitMs: number): number {
    const { minMs, maxMs } = this.pace;
    return Math.min(maxMs, Math.max(minMs, waitMs)) * (1 + JITTER * this.clock.random());
  }
}

/** Of what the feed says, not of its bytes: those change with every date of making and comment. */
async function digestOf(content: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
