import type { OutlinesResponse } from '../core/api/outlines.ts';
import { decodeFeed } from '../core/feed/decode.ts';
import { OPML_LIMIT_BYTES, OpmlError, parseOpml } from '../core/feed/opml.ts';
import type { Failure } from '../core/model/failure.ts';
import type { GatewayContext } from './context.ts';
import { type FetchFeedOptions, problemFailure, statusFailure } from './feeds.ts';
import { readBounded } from './guard/limits.ts';
import { fetchOutbound, hasForeignEncoding, problemOf, USER_AGENT } from './outbound.ts';
import { Watchdog } from './watchdog.ts';

const HEADERS = {
  Accept: 'text/x-opml, application/xml;q=0.9, */*;q=0.5',
  'Accept-Encoding': 'gzip, br',
  'User-Agent': USER_AGENT,
};

/** Fetches and reads a list of podcasts, within the limits of feeds. A failure is a result. */
export async function fetchOutlines(
  context: GatewayContext,
  url: string,
  { policy, signal, reservation }: FetchFeedOptions,
): Promise<OutlinesResponse> {
  if (!URL.canParse(url)) return failedWith({ code: 'address-invalid' });
  const watchdog = new Watchdog(context.config.limits.feedTimeoutMs, signal);
  try {
    const options = { policy, signal: watchdog.signal, reservation };
    return await watchdog.watch(readOutlines(context, new URL(url), options));
  } catch (error) {
    if (error instanceof OpmlError) return failedWith(error.failure);
    return failedWith(problemFailure(problemOf(error, watchdog.signal)));
  } finally {
    watchdog.end();
  }
}

async function readOutlines(
  context: GatewayContext,
  address: URL,
  { policy, signal, reservation }: FetchFeedOptions,
): Promise<OutlinesResponse> {
  const options = { method: 'GET', headers: HEADERS, policy, signal } as const;
  const result = await fetchOutbound(context, address, options);
  if (result.problem) return failedWith(problemFailure(result.problem));
  const { response } = result;
  if (response.status !== 200) return failedWith(statusFailure(response.status));
  if (hasForeignEncoding(response)) return failedWith({ code: 'opml-broken' });
  const onBytes = (sizeBytes: number) => reservation.take(sizeBytes);
  const bytes = await readBounded(response.body, OPML_LIMIT_BYTES, onBytes);
  if (bytes === 'too-large') {
    return failedWith({ code: 'opml-too-large', limitBytes: OPML_LIMIT_BYTES });
  }
  const contentType = response.headers.get('content-type') ?? undefined;
  return { status: 'fetched', feeds: parseOpml(decodeFeed(bytes, contentType)) };
}

function failedWith(failure: Failure): OutlinesResponse {
  return { status: 'failed', failure };
}
