import type { FeedRequest } from '../../core/api/feed-request.ts';
import { decodeFeed } from '../../core/feed/decode.ts';
import { FeedError } from '../../core/feed/feed-error.ts';
import { parseFeed } from '../../core/feed/parse.ts';
import { type Failure, failed, succeeded } from '../../core/model/failure.ts';
import type { ParsedFeed } from '../../core/model/parsed-feed.ts';
import type { RelayToken } from '../../core/model/podcast.ts';
import type { WorkerContext } from '../context.ts';
import { answersAtAll } from '../hosts/answers-at-all.ts';
import { httpFailure } from '../hosts/http-failure.ts';
import { readAtMost } from '../hosts/read-at-most.ts';
import { readRetryAfter } from '../hosts/retry-after.ts';
import { askForFeeds, type FeedAnswer } from './ask-for-feeds.ts';

export interface FetchedFeed {
  feedUrl: string;
  etag: string | undefined;
  lastModified: string | undefined;
  feed: ParsedFeed;
  relayTokens: RelayToken[];
}

const LIMIT_BYTES = 25 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

export interface FetchOptions {
  mayBegin?: (() => boolean) | undefined;
  /** Of the outbox's entry, where this is a delivery. */
  idempotencyKey?: string | undefined;
}

/** Side by side, where each host is asked by itself. */
const DIRECT_AT_ONCE = 3;

/**
 * Fetches and parses feeds: our own host's directly, all others through the gateway in one request,
 * and directly where there is no gateway and their hosts allow it. `onAnswer` is called for each as
 * it comes and waited for; `'not-modified'` when a validator still holds. Those that are asked one
 * by one begin only while `mayBegin` says so; the others are not answered, and neither are those of
 * many that the gateway has no room for.
 */
export async function fetchFeeds<Asked extends FeedRequest>(
  context: WorkerContext,
  requests: readonly Asked[],
  onAnswer: (request: Asked, answer: FeedAnswer) => Promise<void>,
  { mayBegin = () => true, idempotencyKey }: FetchOptions = {},
): Promise<void> {
  const isOurs = ({ url }: Asked) => new URL(url).origin === context.baseUrl.origin;
  const direct = requests.filter(isOurs);
  const others = requests.filter((request) => !isOurs(request));
  const answers = others.length > 0 ? await askForFeeds(context, others, idempotencyKey) : [];
  if (answers === 'no-gateway') direct.push(...others);
  else {
    for (const [index, answer] of answers.entries()) {
      const request = others[index];
      if (request && answer) await onAnswer(request, answer);
    }
  }
  // Every lane takes from the same iterator, so each feed is taken once.
  const waiting = direct.values();
  const lane = async () => {
    for (const request of waiting) {
      if (mayBegin()) await onAnswer(request, await fetchDirectly(context, request));
    }
  };
  await Promise.all(Array.from({ length: DIRECT_AT_ONCE }, lane));
}

/** Fetches and parses one feed. */
export async function fetchFeed(
  context: WorkerContext,
  request: FeedRequest,
  idempotencyKey?: string,
): Promise<FeedAnswer> {
  let answer: FeedAnswer = failed({ code: 'gateway-unreachable' });
  const take = async (_request: FeedRequest, given: FeedAnswer) => {
    answer = given;
  };
  await fetchFeeds(context, [request], take, { idempotencyKey });
  return answer;
}

async function fetchDirectly(
  context: WorkerContext,
  { url, etag, lastModified }: FeedRequest,
): Promise<FeedAnswer> {
  try {
    const signal = context.timeout(TIMEOUT_MS);
    // The browser's own cache would answer a reload from memory; we want the host's word.
    const response = await context.fetch(url, { cache: 'no-cache', signal });
    if (!response.ok) {
      const retryAfterMs = readRetryAfter(response.headers, context.now());
      return { ...failed(httpFailure('feed', response.status)), retryAfterMs };
    }
    const unchanged = etag !== undefined && response.headers.get('etag') === etag;
    const sameDate =
      lastModified !== undefined && response.headers.get('last-modified') === lastModified;
    if (unchanged || sameDate) {
      await response.body?.cancel();
      return succeeded('not-modified');
    }
    const bytes = await readAtMost(response, LIMIT_BYTES);
    if (!bytes) return failed({ code: 'feed-too-large', limitBytes: LIMIT_BYTES });
    const contentType = response.headers.get('content-type') ?? undefined;
    const feed = parseFeed(decodeFeed(bytes, contentType), { url: response.url || url });
    if (!feed.episodes.some((episode) => episode.enclosure)) {
      return failed({ code: 'feed-without-audio' });
    }
    return succeeded({
      feedUrl: url,
      etag: response.headers.get('etag') ?? undefined,
      lastModified: response.headers.get('last-modified') ?? undefined,
      feed,
      relayTokens: [],
    });
  } catch (error) {
    return failed(await directFailure(context, url, error));
  }
}

async function directFailure(
  context: WorkerContext,
  url: string,
  error: unknown,
): Promise<Failure> {
  if (error instanceof FeedError) {
    return error.code === 'feed-too-large'
      ? { code: error.code, limitBytes: LIMIT_BYTES }
      : { code: error.code };
  }
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return { code: 'feed-timeout' };
  if (!context.isOnline()) return { code: 'offline' };
  return { code: (await answersAtAll(context, url)) ? 'feed-needs-gateway' : 'feed-unreachable' };
}
