import {
  type FollowsRequest,
  type FollowsResponse,
  HEARTBEAT_MS,
  type LiveMessage,
} from '../../core/api/live.ts';
import type { PollPace } from '../context.ts';
import type { AddressPolicy } from '../guard/addresses.ts';
import { isAllowedUrl } from '../guard/addresses.ts';
import type { Clock } from './clock.ts';
import { EventLog } from './event-log.ts';
import { FeedPoller, type ReadFeed } from './poller.ts';

/** How a follower is reached at the moment: a WebSocket, or a stream of server-sent events. */
export interface Carrier {
  send(message: LiveMessage): void;
  /** Another connection has taken its place, or the server ends. */
  close(): void;
}

interface Follower {
  handle: string;
  client: string;
  feeds: Set<string>;
  carrier: Carrier | undefined;
  /** Ends what is timed: the heartbeat while it is connected, else its being forgotten. */
  cancelTimer: () => void;
}

/** Who has missed more is told to look at everything, which is shorter. */
const MAX_REPLAYED = 200;
/** Without a connection, a handle and what it follows live on for this long: one can be resumed. */
const FORGET_AFTER_MS = 2 * 60_000;
const MAX_FOLLOWERS = 10_000;
/** Of one client address, which may be a household with several devices. */
const MAX_FEEDS_PER_CLIENT = 2_000;

/** Who follows what, how each one is reached, and what has happened: the middle of live updates. */
export class LiveHub {
  private readonly followers = new Map<string, Follower>();
  private readonly log: EventLog;
  private readonly poller: FeedPoller<Follower>;
  private readonly clock: Clock;
  private readonly mayBegin: (client: string) => boolean;

  /** `mayBegin` is asked before a feed is polled for this client that nobody follows so far. */
  constructor(options: {
    read: ReadFeed;
    pace: PollPace;
    clock: Clock;
    mayBegin?: (client: string) => boolean;
    lifeId?: string;
  }) {
    this.clock = options.clock;
    this.mayBegin = options.mayBegin ?? (() => true);
    this.log = new EventLog(options.lifeId ?? crypto.randomUUID());
    const { read, pace, clock } = options;
    this.poller = new FeedPoller<Follower>({
      read,
      pace,
      clock,
      onChange: (url, followers) => this.announce(url, followers),
    });
  }

  /**
   * What somebody follows from now on, in place of what that handle followed before. Feeds that the
   * guard refuses are left out. `undefined` when there are too many followers.
   */
  put(
    client: string,
    { handle, feeds }: FollowsRequest,
    policy: AddressPolicy,
  ): FollowsResponse | undefined {
    const follower = this.followers.get(handle ?? '') ?? this.newFollower(client);
    if (!follower) return undefined;
    const allowed = new Map(
      feeds.filter(({ url }) => isFollowable(url, policy)).map((feed) => [feed.url, feed]),
    );
    for (const url of follower.feeds) {
      if (allowed.has(url)) continue;
      follower.feeds.delete(url);
      this.poller.unfollow(url, follower);
    }
    let room = MAX_FEEDS_PER_CLIENT - this.feedsOf(client);
    for (const feed of allowed.values()) {
      if (follower.feeds.has(feed.url)) continue;
      if (!this.poller.isKnown(feed.url) && !this.mayBegin(client)) continue;
      if (room <= 0 || !this.poller.follow(feed, follower, policy)) break;
      room -= 1;
      follower.feeds.add(feed.url);
    }
    return { handle: follower.handle, followed: follower.feeds.size };
  }

  /**
   * Connects a follower, in place of the connection it had: it gets what it missed, then its
   * position, then what happens. Returns what is to be called when the connection has ended;
   * `undefined` for a handle that is not known.
   */
  connect(
    handle: string,
    lastEventId: string | undefined,
    carrier: Carrier,
  ): (() => void) | undefined {
    const follower = this.followers.get(handle);
    if (!follower) return undefined;
    follower.carrier?.close();
    follower.cancelTimer();
    follower.carrier = carrier;
    this.replay(follower, lastEventId, carrier);
    this.beat(follower, carrier);
    return () => {
      if (follower.carrier !== carrier) return;
      follower.carrier = undefined;
      this.forgetLater(follower);
    };
  }

  close(): void {
    for (const follower of this.followers.values()) {
      const { carrier } = follower;
      follower.cancelTimer();
      // Taken away first: a connection that just ended would be waited for.
      follower.carrier = undefined;
      carrier?.close();
    }
    this.followers.clear();
    this.poller.close();
  }

  private replay(follower: Follower, lastEventId: string | undefined, carrier: Carrier): void {
    if (lastEventId === undefined) return;
    const missed = this.log
      .after(lastEventId)
      ?.filter(({ feedUrl }) => follower.feeds.has(feedUrl));
    if (!missed || missed.length > MAX_REPLAYED) {
      carrier.send({ type: 'look-again', id: this.log.lastId });
      return;
    }
    for (const { id, feedUrl } of missed) carrier.send({ type: 'feed-changed', id, feedUrl });
  }

  private beat(follower: Follower, carrier: Carrier): void {
    carrier.send({ type: 'position', id: this.log.lastId });
    // Sending may have found the connection dead, and ended it.
    if (follower.carrier !== carrier) return;
    follower.cancelTimer = this.clock.after(HEARTBEAT_MS, () => this.beat(follower, carrier));
  }

  private announce(feedUrl: string, followers: ReadonlySet<Follower>): void {
    const { id } = this.log.append(feedUrl);
    for (const { carrier } of followers) carrier?.send({ type: 'feed-changed', id, feedUrl });
  }

  private newFollower(client: string): Follower | undefined {
    if (this.followers.size >= MAX_FOLLOWERS) return undefined;
    const follower: Follower = {
      // 122 random bits and more.
      handle: `${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll('-', ''),
      client,
      feeds: new Set(),
      carrier: undefined,
      cancelTimer: () => undefined,
    };
    this.followers.set(follower.handle, follower);
    this.forgetLater(follower);
    return follower;
  }

  private forgetLater(follower: Follower): void {
    follower.cancelTimer();
    follower.cancelTimer = this.clock.after(FORGET_AFTER_MS, () => {
      this.followers.delete(follower.handle);
      for (const url of follower.feeds) this.poller.unfollow(url, follower);
    });
  }

  private feedsOf(client: string): number {
    let sum = 0;
    for (const follower of this.followers.values()) {
      if (follower.client === client) sum += follower.feeds.size;
    }
    return sum;
  }
}

function isFollowable(url: string, policy: AddressPolicy): boolean {
  return URL.canParse(url) && isAllowedUrl(new URL(url), policy);
}
