import * as v from 'valibot';
import { apiErrorSchema } from '../../core/api/failure.ts';
import type { FeedRequest } from '../../core/api/feed-request.ts';
import { feedsResponseSchema } from '../../core/api/feeds.ts';
import { FEEDS_PATH } from '../../core/api/paths.ts';
import { decodeFeed } from '../../core/feed/decode.ts';
import { FeedError } from '../../core/feed/feed-error.ts';
import { parseFeed } from '../../core/feed/parse.ts';
import { type Failure, failed, succeeded } from '../../core/model/failure.ts';
import type { ParsedFeed } from '../../core/model/parsed-feed.ts';
import type { RelayToken } from '../../core/model/podcast.ts';
import { isTransient } from '../../core/model/retry-policy.ts';
import type { WorkerContext } from '../context.ts';
import { answersAtAll } from '../hosts/answers-at-all.ts';
import { httpFailure } from '../hosts/http-failure.ts';
import { readAtMost } from '../hosts/read-at-most.ts';
import { readRetryAfter } from '../hosts/retry-after.ts';
import type { Refusal } from '../outbox/delivery.ts';

export interface FetchedFeed {
  feedUrl: string;
  etag: string | undefined;
  lastModified: string | undefined;
  feed: ParsedFeed;
  relayTokens: RelayToken[];
}

export type Fetched = { ok: true; value: FetchedFeed | 'not-modified' } | Refusal;

const LIMIT_BYTES = 25 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/**
 * Fetches and parses one feed: our own host's directly, any other through the gateway, and directly
 * where there is no gateway and the host allows it. `'not-modified'` when a validator still holds.
 */
export async function fetchFeed(
  context: WorkerContext,
  request: FeedRequest,
  idempotencyKey?: string,
): Promise<Fetched> {
  if (new URL(request.url).origin === context.baseUrl.origin)
    return fetchDirectly(context, request);
  const answer = await askGateway(context, request, idempotencyKey);
  return answer === 'no-gateway' ? fetchDirectly(context, request) : answer;
}

async function askGateway(
  context: WorkerContext,
  request: FeedRequest,
  idempotencyKey: string | undefined,
): Promise<Fetched | 'no-gateway'> {
  let response: Response;
  let text: string;
  try {
    response = await context.fetch(new URL(FEEDS_PATH, context.baseUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      body: JSON.stringify({ feeds: [request] }),
      signal: AbortSignal.timeout(TIMEOUT_MS * 2),
    });
    // An answer that breaks off is no answer; only one that is whole can say that nobody is there.
    text = await response.text();
  } catch {
    return failed({ code: context.isOnline() ? 'gateway-unreachable' : 'offline' });
  }
  // A plain static host answers a POST with an error page: there is no gateway there.
  const body = readJson(text);
  if (response.status === 404 || response.status === 405 || body === undefined) return 'no-gateway';
  if (!response.ok) return gatewayRefusal(context, response, body);
  const parsed = v.safeParse(feedsResponseSchema, body);
  const result = parsed.success ? parsed.output.results[0] : undefined;
  if (!result) return failed({ code: 'gateway-unreachable' });
  if (result.status === 'failed') return failed(result.failure);
  if (result.status === 'not-modified') return succeeded('not-modified');
  const { feedUrl, etag, lastModified, feed, relayTokens } = result;
  return succeeded({ feedUrl, etag, lastModified, feed, relayTokens });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** "Not now" is tried again; any other refusal would be the same again. */
function gatewayRefusal(context: WorkerContext, response: Response, body: unknown): Refusal {
  const retryAfterMs = readRetryAfter(response.headers, context.now());
  const { status } = response;
  if (isTransient(status)) return { ...failed({ code: 'gateway-unreachable' }), retryAfterMs };
  const said = v.safeParse(apiErrorSchema, body);
  const hasReason = said.success && said.output.failure.code !== 'unexpected';
  return failed(hasReason ? said.output.failure : { code: 'gateway-refused', status });
}

async function fetchDirectly(
  context: WorkerContext,
  { url, etag, lastModified }: FeedRequest,
): Promise<Fetched> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    // The browser's own cache would answer a reload from memory; we want the host's word.
    const response = await context.fetch(url, { cache: 'no-cache', signal });
    if (!response.ok) return failed(httpFailure('feed', response.status));
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
