import * as v from 'valibot';
import { type FeedRequest, feedRequestSchema } from '../../core/api/feed-request.ts';
import { type FeedResult, feedsResponseSchema } from '../../core/api/feeds.ts';
import { FEEDS_PATH } from '../../core/api/paths.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import type { WorkerContext } from '../context.ts';
import { askGateway } from '../hosts/ask-gateway.ts';
import type { Refusal } from '../outbox/delivery.ts';
import type { FetchedFeed } from './fetch-feed.ts';

/** The gateway gives one feed 30 s, and has several under way at once. */
const TIMEOUT_MS = 60_000;

export type FeedAnswer = { ok: true; value: FetchedFeed | 'not-modified' } | Refusal;

/**
 * Asks for several feeds in one request; the answers are in the same order, `undefined` for one of
 * many that the gateway had no room for: it will be asked for again. Never rejects.
 */
export async function askForFeeds(
  context: WorkerContext,
  requests: readonly FeedRequest[],
  idempotencyKey?: string,
): Promise<(FeedAnswer | undefined)[] | 'no-gateway'> {
  const all = (failure: FeedAnswer) => requests.map(() => failure);
  // One that the gateway would refuse must not take the others with it.
  const feeds = requests.map(acceptable);
  const asked = feeds.filter((feed) => feed !== undefined);
  if (asked.length === 0) return all(failed({ code: 'address-invalid' }));
  const answer = await askGateway(context, {
    address: new URL(FEEDS_PATH, context.baseUrl),
    init: {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      body: JSON.stringify({ feeds: asked }),
    },
    timeoutMs: TIMEOUT_MS,
    // Some of them took too long, and nobody knows which: they will be asked for a few at a time.
    tooSlow: asked.length > 1 ? { code: 'feed-timeout' } : undefined,
  });
  if (answer === 'no-gateway') return answer;
  if (!answer.ok) return all(answer);
  const parsed = v.safeParse(feedsResponseSchema, answer.value);
  const results = (parsed.success ? parsed.output.results : []).values();
  return feeds.map((feed) => {
    if (!feed) return failed({ code: 'address-invalid' });
    const result = results.next().value;
    if (!result) return failed({ code: 'gateway-unreachable' });
    return asked.length > 1 && hadNoRoom(result) ? undefined : answerOf(result);
  });
}

/** A host's odd validator is no reason not to ask. */
function acceptable(request: FeedRequest): FeedRequest | undefined {
  const bare = { url: request.url };
  return [request, bare].find((it) => v.is(feedRequestSchema, it));
}

function hadNoRoom(result: FeedResult): boolean {
  return result.status === 'failed' && result.failure.code === 'gateway-unreachable';
}

function answerOf(result: FeedResult): FeedAnswer {
  if (result.status === 'failed') return failed(result.failure);
  if (result.status === 'not-modified') return succeeded('not-modified');
  const { feedUrl, etag, lastModified, feed, relayTokens } = result;
  return succeeded({ feedUrl, etag, lastModified, feed, relayTokens });
}
