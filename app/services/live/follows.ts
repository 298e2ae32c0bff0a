import * as v from 'valibot';
import { type FeedRequest, feedRequestSchema } from '../../../core/api/feed-request.ts';
import {
  type FollowsRequest,
  followsResponseSchema,
  MAX_FOLLOWED_FEEDS,
} from '../../../core/api/live.ts';
import { LIVE_FOLLOWS_PATH } from '../../../core/api/paths.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import type { Database } from '../../../core/storage/database.ts';
import { listNewestDates } from '../../../core/storage/newest-dates.ts';
import { listPodcasts } from '../../../core/storage/podcasts.ts';

const TIMEOUT_MS = 20_000;

/** What a static host says to a POST. Python's, for one, knows no such method. */
const NO_GATEWAY = [404, 405, 501];

export type FollowsAnswer =
  | { kind: 'following'; handle: string }
  /** There is none, so far as one answer can tell. */
  | { kind: 'no-gateway' }
  /** Not now; after that many ms at the earliest. */
  | { kind: 'later'; waitMs: number };

/** Tells the gateway what this page follows. Never rejects. */
export async function sendFollows(
  request: FollowsRequest,
  signal: AbortSignal,
): Promise<FollowsAnswer> {
  const giveUp = new AbortController();
  const abort = () => giveUp.abort();
  const timer = setTimeout(abort, TIMEOUT_MS);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { signal: giveUp.signal });
  try {
    const response = await fetch(new URL(LIVE_FOLLOWS_PATH, document.baseURI), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: giveUp.signal,
    });
    if (NO_GATEWAY.includes(response.status)) return { kind: 'no-gateway' };
    if (!response.ok) return { kind: 'later', waitMs: retryAfterMs(response) };
    const follows = v.safeParse(followsResponseSchema, await response.json().catch(() => null));
    // A host that answers everything with its page.
    if (!follows.success) return { kind: 'no-gateway' };
    return { kind: 'following', handle: follows.output.handle };
  } catch {
    return { kind: 'later', waitMs: 0 };
  } finally {
    clearTimeout(timer);
    giveUp.abort();
  }
}

/** What to follow: where there are more podcasts than may be followed, those with the latest episodes. */
export async function listFeeds(db: Database): Promise<FeedRequest[]> {
  const podcasts = await listPodcasts(db);
  if (podcasts.length <= MAX_FOLLOWED_FEEDS) return feedsOf(podcasts);
  const dates = await listNewestDates(
    db,
    podcasts.map(({ id }) => id),
  );
  const dateOf = ({ id }: Podcast) => dates.get(id) ?? 0;
  return feedsOf(podcasts.toSorted((one, other) => dateOf(other) - dateOf(one)));
}

/**
 * The feeds of these podcasts as the gateway wants them named, with the validators of what is here.
 * Without those of our own host: they come with the app, and the gateway does not ask itself.
 */
function feedsOf(podcasts: readonly Podcast[]): FeedRequest[] {
  const feeds = podcasts.flatMap(({ feedUrl: url, etag, lastModified }) => {
    if (new URL(url).origin === location.origin) return [];
    const whole = v.safeParse(feedRequestSchema, { url, etag, lastModified });
    // A host's odd validator is no reason not to follow.
    const bare = v.safeParse(feedRequestSchema, { url });
    return whole.success ? [whole.output] : bare.success ? [bare.output] : [];
  });
  return feeds.slice(0, MAX_FOLLOWED_FEEDS);
}

/** A timer that is asked for more than 24 days ends at once. */
const LONGEST_PAUSE_S = 3600;

function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after'));
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), LONGEST_PAUSE_S) * 1000 : 0;
}
