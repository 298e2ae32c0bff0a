import type { ChangedStatus } from '../core/api/paths.ts';
import type { GatewayContext, GatewayLimits, OutboundResponse } from './context.ts';
import type { AddressPolicy } from './guard/addresses.ts';
import { isTextKind, type RelayGrant, type RelayKind } from './guard/tokens.ts';
import { relayedType, SNIFF_BYTES } from './media-type.ts';
import { contentEncoding, fetchOutbound, problemOf, USER_AGENT } from './outbound.ts';
import { CONTENT_RANGE, headRefusal, problemRefusal, typeRefusal } from './relay-refusals.ts';
import { passOn, readAhead } from './relay-stream.ts';
import { Watchdog } from './watchdog.ts';

export interface RelayRequest {
  method: 'GET' | 'HEAD';
  grant: RelayGrant;
  /** As the client sent them; passed on only if they are well formed. */
  range: string | undefined;
  ifRange: string | undefined;
  /** The strong ETag of the version that the client has begun with. */
  expectedEtag: string | undefined;
  /** What to answer where it is another one. */
  changedStatus: ChangedStatus;
  policy: AddressPolicy;
  onBytes(sizeBytes: number): void;
  /** Called once, when the last byte is out or when it is clear that none will be. */
  onEnd(): void;
  /** Aborted when the client goes. */
  signal: AbortSignal;
}

/** One range: a player needs no more, and several would be answered as multipart. */
const RANGE = /^bytes=(\d{1,15}-\d{0,15}|-\d{1,15})$/;
const ETAG = /^(W\/)?"[\x21\x23-\x7e]{0,200}"$/;
const STRONG_ETAG = /^"[\x21\x23-\x7e]{0,200}"$/;

/** All that passes from the origin's headers, and the shape it must have. */
const RELAYED_HEADERS: [name: string, shape: RegExp][] = [
  ['Content-Length', /^\d{1,15}$/],
  ['Content-Range', CONTENT_RANGE],
  ['Accept-Ranges', /^(bytes|none)$/],
  ['ETag', ETAG],
  ['Last-Modified', /^[\w ,:+-]{1,40}$/],
];

/**
 * Passes one address on, as the token that was granted for it allows. What the origin says is
 * believed only where it is checked: the status, the type, the version, the size.
 */
export async function relay(context: GatewayContext, request: RelayRequest): Promise<Response> {
  const watchdog = new Watchdog(context.config.limits.idleTimeoutMs, request.signal);
  watchdog.signal.addEventListener('abort', request.onEnd, { once: true });
  const answer = await answerOf(context, request, watchdog);
  // A relayed stream ends by itself. Anything else is over now.
  if (answer.body === null || !answer.ok) watchdog.end();
  return answer;
}

async function answerOf(
  context: GatewayContext,
  request: RelayRequest,
  watchdog: Watchdog,
): Promise<Response> {
  const { grant, method, onBytes, policy } = request;
  const { signal } = watchdog;
  const headers = outboundHeaders(request);
  const fetching = fetchOutbound(context, new URL(grant.url), { method, headers, policy, signal });
  const result = await watchdog.watch(fetching);
  if (result.problem) return problemRefusal(result.problem);
  const { response } = result;
  const limitBytes = sizeLimit(grant.kind, context.config.limits);
  const refusal = headRefusal(response, { ...request, limitBytes });
  if (refusal) return refusal;
  const reader = method === 'GET' ? response.body?.getReader() : undefined;
  try {
    const ahead = reader && (await readAhead(reader, watchdog, SNIFF_BYTES));
    const type = relayedType(grant.kind, {
      declared: response.headers.get('content-type') ?? undefined,
      url: result.url,
      firstBytes: isFromStart(response) ? ahead : undefined,
    });
    if (type === undefined) return typeRefusal(grant.kind);
    const body = reader && ahead ? passOn(ahead, reader, watchdog, { limitBytes, onBytes }) : null;
    const { status } = response;
    return new Response(body, { status, headers: relayedHeaders(response, grant.kind, type) });
  } catch (error) {
    return problemRefusal(problemOf(error, signal));
  }
}

function outboundHeaders({ grant, range, ifRange }: RelayRequest): Record<string, string> {
  const headers: Record<string, string> = {
    Accept: '*/*',
    'User-Agent': USER_AGENT,
    // Ranges count the bytes that are on the wire: packed audio could not be joined again.
    'Accept-Encoding': isTextKind(grant.kind) ? 'gzip, br' : 'identity',
  };
  if (grant.kind === 'audio' && range !== undefined && RANGE.test(range)) {
    headers.Range = range;
    if (ifRange !== undefined && STRONG_ETAG.test(ifRange)) headers['If-Range'] = ifRange;
  }
  return headers;
}

function relayedHeaders(response: OutboundResponse, kind: RelayKind, type: string): Headers {
  const isUnpacked = contentEncoding(response) !== 'identity';
  const headers = new Headers({
    'Content-Type': type,
    'Content-Disposition': 'attachment',
    // Pictures and words may be kept for a while; audio is kept by the app, version by version.
    'Cache-Control': kind === 'audio' ? 'no-store, no-transform' : 'private, max-age=3600',
  });
  for (const [name, shape] of RELAYED_HEADERS) {
    const value = response.headers.get(name);
    const isOfPacked = isUnpacked && name !== 'Last-Modified';
    if (value !== null && shape.test(value) && !isOfPacked) headers.set(name, value);
  }
  return headers;
}

/** Whether the first byte of the answer is the first byte of the file. */
function isFromStart({ status, headers }: OutboundResponse): boolean {
  return status === 200 || /^bytes 0-/.test(headers.get('content-range') ?? '');
}

function sizeLimit(kind: RelayKind, limits: GatewayLimits): number {
  if (kind === 'audio') return Number.POSITIVE_INFINITY;
  return kind === 'image' ? limits.imageBytes : limits.textBytes;
}
