import * as v from 'valibot';
import { outlinesResponseSchema } from '../../core/api/outlines.ts';
import { OUTLINES_PATH } from '../../core/api/paths.ts';
import { decodeFeed } from '../../core/feed/decode.ts';
import { type ListedFeed, OPML_LIMIT_BYTES, OpmlError, parseOpml } from '../../core/feed/opml.ts';
import { failed, type Outcome, succeeded } from '../../core/model/failure.ts';
import type { WorkerContext } from '../context.ts';
import { answersAtAll } from '../hosts/answers-at-all.ts';
import { askGateway } from '../hosts/ask-gateway.ts';
import { httpFailure } from '../hosts/http-failure.ts';
import { readAtMost } from '../hosts/read-at-most.ts';

const TIMEOUT_MS = 30_000;

/** Fetches and reads a list of podcasts, by the same ways as `fetchFeed`. */
export async function fetchList(
  context: WorkerContext,
  url: string,
): Promise<Outcome<ListedFeed[]>> {
  if (new URL(url).origin === context.baseUrl.origin) return fetchDirectly(context, url);
  const answer = await askForOutlines(context, url);
  return answer === 'no-gateway' ? fetchDirectly(context, url) : answer;
}

async function askForOutlines(
  context: WorkerContext,
  url: string,
): Promise<Outcome<ListedFeed[]> | 'no-gateway'> {
  const answer = await askGateway(context, {
    address: new URL(OUTLINES_PATH, context.baseUrl),
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url }),
    },
    timeoutMs: TIMEOUT_MS * 2,
  });
  if (answer === 'no-gateway') return answer;
  if (!answer.ok) return failed(answer.failure);
  const parsed = v.safeParse(outlinesResponseSchema, answer.value);
  if (!parsed.success) return failed({ code: 'gateway-unreachable' });
  const { output } = parsed;
  return output.status === 'failed' ? failed(output.failure) : succeeded(output.feeds);
}

async function fetchDirectly(context: WorkerContext, url: string): Promise<Outcome<ListedFeed[]>> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await context.fetch(url, { cache: 'no-cache', signal });
    if (!response.ok) return failed(httpFailure('feed', response.status));
    const bytes = await readAtMost(response, OPML_LIMIT_BYTES);
    if (!bytes) return failed({ code: 'opml-too-large', limitBytes: OPML_LIMIT_BYTES });
    const contentType = response.headers.get('content-type') ?? undefined;
    return succeeded(parseOpml(decodeFeed(bytes, contentType)));
  } catch (error) {
    if (error instanceof OpmlError) return failed(error.failure);
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return failed({ code: 'feed-timeout' });
    if (!context.isOnline()) return failed({ code: 'offline' });
    return failed({
      code: (await answersAtAll(context, url)) ? 'feed-needs-gateway' : 'feed-unreachable',
    });
  }
}
