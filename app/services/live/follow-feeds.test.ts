import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FeedRequest } from '../../../core/api/feed-request.ts';
import { Tap } from '../../../core/messaging/tap.ts';
import type { RowReader } from '../row-reader.ts';
import type { WorkerLink } from '../worker-link.ts';
import { followFeeds } from './follow-feeds.ts';

const MINUTE_MS = 60_000;
const FOLLOWING = { handle: 'a'.repeat(32), followed: 1 };

let asked: number;
let answer: () => Response;
let read: () => FeedRequest[];
let isOnline: boolean;

/** A carrier that nothing comes through. */
class DeadLine extends EventTarget {
  static readonly CLOSED = 2;
  readonly readyState = 2;

  constructor() {
    super();
    setTimeout(() => {
      this.dispatchEvent(new Event('error'));
      this.dispatchEvent(new Event('close'));
    });
  }

  close(): void {}
}

beforeEach(() => {
  asked = 0;
  answer = () => new Response('<h1>Not found</h1>', { status: 404 });
  read = () => [{ url: 'https://podcast.example/feed.xml' }];
  isOnline = true;
  vi.useFakeTimers();
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.stubGlobal('WebSocket', DeadLine);
  vi.stubGlobal('EventSource', DeadLine);
  vi.stubGlobal('fetch', async () => {
    asked += 1;
    return answer();
  });
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => isOnline });
  const reader = { read: async () => read() } as unknown as RowReader;
  const link = { onBroadcast: () => undefined } as unknown as WorkerLink;
  void followFeeds({ reader, link, tap: new Tap('page'), onState: () => undefined });
});

afterEach(async () => {
  // It waits for a connection from then on, and lets the next one have its turn.
  isOnline = false;
  dispatchEvent(new Event('offline'));
  await vi.advanceTimersByTimeAsync(20 * MINUTE_MS);
  Reflect.deleteProperty(navigator, 'onLine');
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Waits until so many requests have been made; time goes by slowly meanwhile. */
const hasAsked = (times: number) => vi.waitFor(() => expect(asked).toBe(times));

it('is looked for again where there was no gateway, after a while or with a new connection', async () => {
  await hasAsked(1);
  await vi.advanceTimersByTimeAsync(9 * MINUTE_MS);
  expect(asked).toBe(1);
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  await hasAsked(2);
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  dispatchEvent(new Event('online'));
  await hasAsked(3);
});

it('is there once it has answered: an odd answer is one of now', async () => {
  answer = () => Response.json(FOLLOWING);
  await hasAsked(1);
  answer = () => new Response('<h1>Back soon</h1>');
  for (const times of [2, 3, 4]) {
    await vi.advanceTimersByTimeAsync(20_000);
    await vi.waitFor(() => expect(asked).toBeGreaterThanOrEqual(times));
  }
});

it('begins anew after rows that could not be read', async () => {
  answer = () => Response.json(FOLLOWING);
  read = () => {
    throw new DOMException('no room', 'UnknownError');
  };
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toBe(0);
  read = () => [{ url: 'https://podcast.example/feed.xml' }];
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  await vi.waitFor(() => expect(asked).toBeGreaterThan(0));
});
