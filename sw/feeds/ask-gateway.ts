import * as v from 'valibot';
import { type FeedRequest, feedRequestSchema } from '../../core/api/feed-request.ts';
import { type FeedResult, feedsResponseSchema } from '../../core/api/feeds.ts';
import { FEEDS_PATH } from '../../core/api/paths.ts';
import { failed, type Outcome, succeeded } from '../../core/model/failure.ts';
import type { WorkerContext } from '../context.ts';
import type { FetchedFeed } from './fetch-feed.ts';

/** The gateway gives one feed 30 s, and has several under way at once. */
const TIMEOUT_MS = 60_000;

export type FeedAnswer = Outcome<FetchedFeed | 'not-modified'>;

/** Asks for several feeds in one request; the answers are in the same order. Never rejects. */
export async function askGateway(
  context: WorkerContext,
  requests: readonly FeedRequest[],
): Promise<FeedAnswer[] | 'no-gateway'> {
  const all = (failure: FeedAnswer) => requests.map(() => failure);
  // One that the gateway would refuse must not take the others with it.
  const feeds = requests.map(acceptable);
  const asked = feeds.filter((feed) => feed !== undefined);
  if (asked.length === 0) return all(failed({ code: 'address-invalid' }));
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await context.fetch(new URL(FEEDS_PATH, context.baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ feeds: asked }),
      signal,
    });
  } catch {
    if (signal.aborted) return all(failed({ code: 'feed-timeout' }));
    return all(failed({ code: context.isOnline() ? 'gateway-unreachable' : 'offline' }));
  }
  // A plain static host answers a POST with an error page: there is no gateway there.
  const body: unknown = await response.json().catch(() => undefined);
  if (signal.aborted) return all(failed({ code: 'feed-timeout' }));
  if (response.status === 404 || response.status === 405 || body === undefined) return 'no-gateway';
  const parsed = v.safeParse(feedsResponseSchema, body);
  const results = parsed.success ? parsed.output.results : [];
  const answers = results.values();
  return feeds.map((feed) => {
    if (!feed) return failed({ code: 'address-invalid' });
    const result = answers.next().value;
    return result ? answerOf(result) : failed({ code: 'gateway-unreachable' });
  });
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
