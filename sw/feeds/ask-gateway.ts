import * as v from 'valibot';
import { apiErrorSchema } from '../../core/api/failure.ts';
import { type FeedRequest, feedRequestSchema } from '../../core/api/feed-request.ts';
import { type FeedResult, feedsResponseSchema } from '../../core/api/feeds.ts';
import { FEEDS_PATH } from '../../core/api/paths.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import { isTransient } from '../../core/model/retry-policy.ts';
import type { WorkerContext } from '../context.ts';
import { readRetryAfter } from '../hosts/retry-after.ts';
import type { Refusal } from '../outbox/delivery.ts';
import type { FetchedFeed } from './fetch-feed.ts';

/** The gateway gives one feed 30 s, and has several under way at once. */
const TIMEOUT_MS = 60_000;

export type FeedAnswer = { ok: true; value: FetchedFeed | 'not-modified' } | Refusal;

/** Asks for several feeds in one request; the answers are in the same order. Never rejects. */
export async function askGateway(
  context: WorkerContext,
  requests: readonly FeedRequest[],
  idempotencyKey?: string,
): Promise<FeedAnswer[] | 'no-gateway'> {
  const all = (failure: FeedAnswer) => requests.map(() => failure);
  // One that the gateway would refuse must not take the others with it.
  const feeds = requests.map(acceptable);
  const asked = feeds.filter((feed) => feed !== undefined);
  if (asked.length === 0) return all(failed({ code: 'address-invalid' }));
  const signal = context.timeout(TIMEOUT_MS);
  let response: Response;
  let text: string;
  try {
    response = await context.fetch(new URL(FEEDS_PATH, context.baseUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      body: JSON.stringify({ feeds: asked }),
      signal,
    });
    // An answer that breaks off is no answer; only one that is whole can say that nobody is there.
    text = await response.text();
  } catch {
    // Some of them took too long, and nobody knows which: they will be asked for a few at a time.
    if (signal.aborted && asked.length > 1) return all(failed({ code: 'feed-timeout' }));
    return all(failed({ code: context.isOnline() ? 'gateway-unreachable' : 'offline' }));
  }
  // A plain static host answers a POST with an error page: there is no gateway there.
  const body = readJson(text);
  if (response.status === 404 || response.status === 405 || body === undefined) return 'no-gateway';
  if (!response.ok) return all(gatewayRefusal(context, response, body));
  const parsed = v.safeParse(feedsResponseSchema, body);
  const results = parsed.success ? parsed.output.results : [];
  const answers = results.values();
  return feeds.map((feed) => {
    if (!feed) return failed({ code: 'address-invalid' });
    const result = answers.next().value;
    return result ? answerOf(result) : failed({ code: 'gateway-unreachable' });
  });
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

/** A host's odd validator is no reason not to ask. */
function acceptable(request: FeedRequest): FeedRequest | undefined {
  const bare = { url: request.url };
  return [request, bare].find((it) => v.is(feedRequestSchema, it));
}

function answerOf(result: FeedResult): FeedAnswer {
  if (result.status === 'failed') return failed(result.failure);
  if (result.status === 'not-modified') return succeeded('not-modified');
  const { feedUrl, etag, lastModified, feed, relayTokens } = result;
  return succeeded({ feedUrl, etag, lastModified, feed, relayTokens });
}
