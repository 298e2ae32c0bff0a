import * as v from 'valibot';
import type { FeedRequest } from '../../../core/api/feed-request.ts';
import { HEARTBEAT_MS, type LiveMessage, liveMessageSchema } from '../../../core/api/live.ts';
import { messageFields, type Tap } from '../../../core/messaging/tap.ts';
import type { LiveUpdates } from '../../contexts.ts';
import type { RowReader } from '../row-reader.ts';
import type { FeedRefresher } from './feed-refresher.ts';
import { type FollowsAnswer, listFeeds, sendFollows } from './follows.ts';
import { byServerSentEvents, byWebSocket, type Line } from './lines.ts';
import { Bell, backoffMs, pause } from './waiting.ts';

type Carrier = 'websocket' | 'server-sent-events';

const LINES: Readonly<Record<Carrier, Line>> = {
  websocket: byWebSocket,
  'server-sent-events': byServerSentEvents,
};

/** A line that has not said anything by then does not work here. */
const OPEN_WITHIN_MS = 10_000;
/** A line that mends itself may take this long, then it is given up. */
const MEND_WITHIN_MS = 10_000;
/** Two heartbeats and some. */
const SILENCE_MS = HEARTBEAT_MS * 2 + 10_000;
/** Whatever forbids a WebSocket may be gone by then: another network, another proxy. */
const SOCKET_AGAIN_MS = 10 * 60_000;
/** A page that is opened asks for feeds that were not read for so long. */
const FRESH_MS = 5 * 60_000;
/** A line that ends sooner counts as a failure, whatever it said: nobody is to be hammered. */
const STEADY_MS = 30_000;
/** Many rows may change in a row. */
const ROWS_SETTLE_MS = 500;

/** Follows the feeds of the rows while it runs, and remembers between two runs how far it got. */
export class LiveSession {
  private readonly reader: RowReader;
  private readonly refresher: FeedRefresher;
  private readonly tap: Tap;
  private readonly onState: (state: LiveUpdates['state']) => void;
  private readonly rows = new Bell();
  private handle: string | undefined;
  /** For a while nobody watched the feeds for this page. */
  private unwatched = false;
  private lastEventId: string | undefined;
  private following: readonly FeedRequest[] = [];
  private socketAgainAt = 0;

  constructor(options: {
    reader: RowReader;
    refresher: FeedRefresher;
    tap: Tap;
    onState(state: LiveUpdates['state']): void;
  }) {
    this.reader = options.reader;
    this.refresher = options.refresher;
    this.tap = options.tap;
    this.onState = options.onState;
  }

  /** Something was subscribed to, or not any more. */
  podcastsChanged(): void {
    this.rows.ring();
  }

  /** Stays connected until the signal; resolves early where there is no gateway. */
  async run(stop: AbortSignal): Promise<'stopped' | 'no-gateway'> {
    let failures = 0;
    while (!stop.aborted) {
      const feeds = await this.reader.read(listFeeds, []);
      if (feeds.length === 0) {
        this.onState('off');
        await this.rows.next(stop);
        continue;
      }
      this.onState('connecting');
      const answer = await this.follow(feeds, stop);
      // One that has answered before is there: this was a deploy, or something in front of it.
      if (answer.kind === 'no-gateway' && this.handle === undefined) return 'no-gateway';
      const startedAt = performance.now();
      if (answer.kind === 'following') await this.listen(stop);
      if (stop.aborted) break;
      this.onState('connecting');
      failures = performance.now() - startedAt > STEADY_MS ? 0 : failures + 1;
      const leastMs = answer.kind === 'later' ? answer.waitMs : 0;
      await pause(Math.max(leastMs, backoffMs(failures)), stop);
    }
    return 'stopped';
  }

  private async follow(feeds: FeedRequest[], stop: AbortSignal): Promise<FollowsAnswer> {
    const { handle } = this;
    const sent = sendFollows({ ...(handle !== undefined && { handle }), feeds }, stop);
    const answer = await this.tap.frame(
      () => ({
        channel: 'live',
        from: 'page',
        to: 'server',
        type: 'follows',
        phase: 'begin',
        exchangeId: crypto.randomUUID(),
        payload: { carrier: 'http', feeds: feeds.map(({ url }) => url) },
      }),
      sent,
      ({ kind }) => kind,
    );
    if (answer.kind === 'following') {
      // Forgotten meanwhile: nobody has watched for us since, so no log has what we missed.
      this.unwatched ||= this.lastEventId !== undefined && answer.handle !== this.handle;
      this.handle = answer.handle;
      this.following = feeds;
    }
    return answer;
  }

  /** By WebSocket, else by server-sent events, until that is over. */
  private async listen(stop: AbortSignal): Promise<void> {
    let socketAgainAt = this.socketAgainAt;
    if (Date.now() >= socketAgainAt) {
      const hasWorked = await this.carry('websocket', stop, Number.POSITIVE_INFINITY);
      if (hasWorked || stop.aborted) return;
      socketAgainAt = Date.now() + SOCKET_AGAIN_MS;
    }
    // Where neither works, it is not the WebSocket's fault.
    if (await this.carry('server-sent-events', stop, socketAgainAt)) {
      this.socketAgainAt = socketAgainAt;
    }
  }

  /**
   * Carries messages until the line ends, falls silent, or `until` (ms since 1970) has come.
   * Resolves whether it carried any.
   */
  private async carry(carrier: Carrier, stop: AbortSignal, until: number): Promise<boolean> {
    const { handle, lastEventId, tap } = this;
    if (handle === undefined) return false;
    const line = new AbortController();
    const { signal } = line;
    const end = () => line.abort();
    stop.addEventListener('abort', end, { signal });
    let silence = setTimeout(end, OPEN_WITHIN_MS);
    const endIfSilentFor = (ms: number) => {
      clearTimeout(silence);
      silence = setTimeout(end, ms);
    };
    let hasWorked = false;
    const hello = { type: 'hello', handle, ...(lastEventId && { lastEventId }) } as const;
    const keeping = this.keepFollowing(line).catch((error) => {
      console.warn('what is followed was not kept right', error);
      end();
    });
    await LINES[carrier]({
      hello,
      signal,
      onHello: () => {
        tap.record(() => ({
          channel: 'live',
          from: 'page',
          to: 'server',
          type: 'hello',
          phase: 'only',
          // Without the handle: who has it could listen in.
          payload: { carrier, type: hello.type, lastEventId },
        }));
      },
      onMessage: (data, event) => {
        const message = v.safeParse(liveMessageSchema, data);
        if (!message.success || signal.aborted) return;
        tap.record(() => ({
          channel: 'live',
          from: 'server',
          to: 'page',
          type: message.output.type,
          phase: 'only',
          payload: { carrier, ...message.output },
          event: messageFields(event),
        }));
        hasWorked = true;
        this.onState(carrier);
        this.receive(message.output);
        // The end of a term is looked for at heartbeats: no timer of its own.
        if (Date.now() >= until) end();
        else endIfSilentFor(SILENCE_MS);
      },
      onBreak: () => {
        this.onState('connecting');
        endIfSilentFor(MEND_WITHIN_MS);
      },
    });
    clearTimeout(silence);
    end();
    await keeping;
    return hasWorked;
  }

  private receive(message: LiveMessage): void {
    const isFirst = this.lastEventId === undefined;
    this.lastEventId = message.id;
    switch (message.type) {
      case 'feed-changed':
        this.refresher.feedChanged(message.feedUrl);
        break;
      case 'look-again':
        this.refresher.lookAgain({ freshMs: 0 });
        break;
      case 'position':
        // What happened before this page was there, nobody knows.
        if (isFirst) this.refresher.lookAgain({ freshMs: FRESH_MS });
        else if (this.unwatched) this.refresher.lookAgain({ freshMs: 0 });
        this.unwatched = false;
    }
  }

  /** Tells the gateway when there are other feeds to follow. Ends with the line, or ends it. */
  private async keepFollowing(line: AbortController): Promise<void> {
    const { signal } = line;
    while (!signal.aborted) {
      await this.rows.next(signal);
      await pause(ROWS_SETTLE_MS, signal);
      if (signal.aborted) return;
      const feeds = await this.reader.read(listFeeds, []);
      if (sameAddresses(feeds, this.following)) continue;
      const { handle } = this;
      const answer = await this.follow(feeds, signal);
      // Nothing left, another handle, or no answer: begin anew.
      if (feeds.length === 0 || answer.kind !== 'following' || answer.handle !== handle)
        line.abort();
    }
  }
}

function sameAddresses(ones: readonly FeedRequest[], others: readonly FeedRequest[]): boolean {
  const [before, now] = [others, ones].map((feeds) => new Set(feeds.map(({ url }) => url)));
  return before?.size === now?.size && ones.every(({ url }) => before?.has(url));
}
