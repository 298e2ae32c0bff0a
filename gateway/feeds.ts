import type { FeedRequest } from '../core/api/feed-request.ts';
import type { FeedResult, FeedsResponse } from '../core/api/feeds.ts';
import { decodeFeed } from '../core/feed/decode.ts';
import { cachePaceMs, feedPaceMs, slower } from '../core/feed/pace.ts';
import { FeedError, type ParsedFeed, parseFeed } from '../core/feed/parse.ts';
import { type Failure, failed, type Outcome, succeeded } from '../core/model/failure.ts';
import type { GatewayContext, OutboundResponse } from './context.ts';
import type { AddressPolicy } from './guard/addresses.ts';
import { readBounded } from './guard/limits.ts';
import type { Reservation } from './guard/room.ts';
import {
  fetchOutbound,
  hasForeignEncoding,
  type OutboundProblem,
  problemOf,
  USER_AGENT,
} from './outbound.ts';
import { signFeedTokens } from './relay-tokens.ts';
import { Watchdog } from './watchdog.ts';

const CONCURRENT_FEEDS = 6;

const ACCEPT = 'application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5';

type FetchedResult = Extract<FeedResult, { status: 'fetched' }>;

/** One look at a feed. */
export interface FeedReading {
  /** As the API answers it, without the tokens: only a page needs those. */
  result: Exclude<FeedResult, FetchedResult> | Omit<FetchedResult, 'relayTokens'>;
  /** When feed or host would have us ask again; `undefined` where neither says. Not clamped. */
  paceMs: number | undefined;
}

export interface FetchFeedOptions {
  policy: AddressPolicy;
  /** Ends what is under way. */
  signal: AbortSignal;
  /** Where the bytes of feeds are counted, held by the caller for as long as it keeps what they say. */
  reservation: Reservation;
}

/**
 * Fetches and parses feeds, a few at a time; one that fails says so in its own result. `signal`
 * (the client went) ends those under way and makes the rest fail at once. Once there is no room for
 * one, the rest is not asked for.
 */
export async function fetchFeeds(
  context: GatewayContext,
  requests: readonly FeedRequest[],
  options: FetchFeedOptions,
): Promise<FeedsResponse> {
  const results: FeedResult[] = [];
  const waiting = requests.entries();
  let noRoom: FeedResult | undefined;
  // Every lane takes from the same iterator, so each feed is taken once.
  const lane = async () => {
    for (const [index, request] of waiting) {
      const result = noRoom ?? (await fetchWithTokens(context, request, options));
      results[index] = result;
      const isRefused = result.status === 'failed' && result.failure.code === 'gateway-unreachable';
      if (isRefused) noRoom = result;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_FEEDS }, lane));
  return { results };
}

async function fetchWithTokens(
  context: GatewayContext,
  request: FeedRequest,
  options: FetchFeedOptions,
): Promise<FeedResult> {
  const { result } = await fetchFeed(context, request, options);
  if (result.status !== 'fetched') return result;
  return { ...result, relayTokens: await signFeedTokens(context, result.feed) };
}

/** Fetches and parses one feed, within all limits. Never rejects: a failure is a result. */
export async function fetchFeed(
  context: GatewayContext,
  request: FeedRequest,
  { policy, signal, reservation }: FetchFeedOptions,
): Promise<FeedReading> {
  const watchdog = new Watchdog(context.config.limits.feedTimeoutMs, signal);
  let takenBytes = 0;
  const onBytes = (sizeBytes: number) => {
    reservation.take(sizeBytes);
    takenBytes += sizeBytes;
  };
  let isKept = false;
  try {
    const options = { policy, signal: watchdog.signal, onBytes };
    const reading = await watchdog.watch(readFeed(context, request, options));
    isKept = reading.result.status === 'fetched';
    return reading;
  } catch (error) {
    // A bug, ours or the parser's. It is this one feed's matter all the same.
    return failedWith({ code: 'unexpected', detail: String(error) });
  } finally {
    watchdog.end();
    if (!isKept) reservation.giveBack(takenBytes);
  }
}

interface ReadOptions {
  policy: AddressPolicy;
  signal: AbortSignal;
  onBytes(sizeBytes: number): void;
}

async function readFeed(
  context: GatewayContext,
  request: FeedRequest,
  { policy, signal, onBytes }: ReadOptions,
): Promise<FeedReading> {
  if (!URL.canParse(request.url)) return failedWith({ code: 'address-invalid' });
  const address = new URL(request.url);
  const headers = outboundHeaders(request);
  const result = await fetchOutbound(context, address, { method: 'GET', headers, policy, signal });
  if (result.problem) return failedWith(problemFailure(result.problem));
  const { response, url, permanentUrl } = result;
  const isConditional = request.etag !== undefined || request.lastModified !== undefined;
  const hostPaceMs = cachePaceMs(response.headers.get('cache-control'));
  if (response.status === 304 && isConditional) {
    return { result: { status: 'not-modified' }, paceMs: hostPaceMs };
  }
  if (response.status !== 200) {
    return failedWith(statusFailure(response.status), retryAfterMs(response));
  }

  const { feedBytes: limitBytes } = context.config.limits;
  const text = await readText(response, { limitBytes, signal, onBytes });
  if (!text.ok) return failedWith(text.failure);
  const feed = parse(text.value, { url: url.href, limitBytes });
  if (!feed.ok) return failedWith(feed.failure);
  const hasAudio = feed.value.episodes.some((episode) => episode.enclosure !== undefined);
  if (!hasAudio) return failedWith({ code: 'feed-without-audio' });
  return {
    result: {
      status: 'fetched',
      feedUrl: permanentUrl.href,
      etag: validator(response, 'etag'),
      lastModified: validator(response, 'last-modified'),
      feed: feed.value,
    },
    paceMs: slower(hostPaceMs, feedPaceMs(text.value)),
  };
}

/** What a host that refuses us asks for, where it says so in seconds. */
function retryAfterMs(response: OutboundResponse): number | undefined {
  const seconds = /^\d{1,9}$/.exec(response.headers.get('retry-after')?.trim() ?? '')?.[0];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function outboundHeaders({ etag, lastModified }: FeedRequest): Record<string, string> {
  return {
    Accept: ACCEPT,
    'Accept-Encoding': 'gzip, br',
    'User-Agent': USER_AGENT,
    ...(etag !== undefined && { 'If-None-Match': etag }),
    ...(lastModified !== undefined && { 'If-Modified-Since': lastModified }),
  };
}

async function readText(
  response: OutboundResponse,
  { limitBytes, signal, onBytes }: Omit<ReadOptions, 'policy'> & { limitBytes: number },
): Promise<Outcome<string>> {
  if (hasForeignEncoding(response)) return failed({ code: 'feed-broken' });
  try {
    const bytes = await readBounded(response.body, limitBytes, onBytes);
    if (bytes === 'too-large') return failed({ code: 'feed-too-large', limitBytes });
    return succeeded(decodeFeed(bytes, response.headers.get('content-type') ?? undefined));
  } catch (error) {
    return failed(problemFailure(problemOf(error, signal)));
  }
}

function parse(
  text: string,
  { url, limitBytes }: { url: string; limitBytes: number },
): Outcome<ParsedFeed> {
  try {
    return succeeded(parseFeed(text, { url }));
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const { code } = error;
    return failed(code === 'feed-too-large' ? { code, limitBytes } : { code });
  }
}

/** As it may be sent back later in a conditional request, or not at all. */
function validator(response: OutboundResponse, name: string): string | undefined {
  const value = response.headers.get(name);
  return value !== null && /^[\x20-\x7e]{1,1024}$/.test(value) ? value : undefined;
}

export function problemFailure(problem: OutboundProblem): Failure {
  switch (problem) {
    case 'refused':
      return { code: 'address-refused' };
    case 'redirects':
      return { code: 'feed-redirects' };
    case 'timeout':
      return { code: 'feed-timeout' };
    case 'unreachable':
      return { code: 'feed-unreachable' };
    // Of us, and for now: it is asked again like one that we did not answer.
    case 'no-room':
      return { code: 'gateway-unreachable' };
  }
}

export function statusFailure(status: number): Failure {
  if (status === 404 || status === 410) return { code: 'feed-not-found', status };
  if (status === 401 || status === 403) return { code: 'feed-denied', status };
  return { code: 'feed-http-status', status };
}

function failedWith(failure: Failure, paceMs?: number): FeedReading {
  return { result: { status: 'failed', failure }, paceMs };
}
