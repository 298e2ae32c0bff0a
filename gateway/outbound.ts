import type { GatewayContext, OutboundResponse } from './context.ts';
import { type AddressPolicy, isAddressRefused, isAllowedUrl } from './guard/addresses.ts';
import { NoRoomError } from './guard/room.ts';

/** Hosts count and block by it: a name of our own keeps us apart from scripts. */
export const USER_AGENT = 'Stowaway/0.1';

const MAX_REDIRECTS = 5;
const PERMANENT_REDIRECTS = [301, 308];
const REDIRECTS = [...PERMANENT_REDIRECTS, 302, 303, 307];

export interface OutboundRequest {
  method: 'GET' | 'HEAD';
  headers: Record<string, string>;
  policy: AddressPolicy;
  /** Ends the request and, later, the body. Aborted with a `TimeoutError`, it counts as a timeout. */
  signal: AbortSignal;
  /** `MAX_REDIRECTS` where not given. */
  maxRedirects?: number;
}

/** Why there is no answer. */
export type OutboundProblem = 'refused' | 'redirects' | 'timeout' | 'unreachable' | 'no-room';

export type OutboundResult =
  | {
      problem?: undefined;
      response: OutboundResponse;
      /** Where the answer came from. */
      url: URL;
      /** Where to ask next time: the redirects that were permanent, up to the first that was not. */
      permanentUrl: URL;
    }
  | { problem: OutboundProblem };

/**
 * Asks for an address, following redirects by hand: each step is looked at as closely as the
 * first. The body of the answer belongs to the caller, who reads it or cancels it.
 */
export async function fetchOutbound(
  context: GatewayContext,
  address: URL,
  request: OutboundRequest,
): Promise<OutboundResult> {
  const { method, headers, policy, signal, maxRedirects = MAX_REDIRECTS } = request;
  let url = address;
  let permanentUrl = address;
  let isPermanent = true;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    if (!isAllowedUrl(url, policy)) return { problem: 'refused' };
    let response: OutboundResponse;
    try {
      response = await context.fetch(url.href, { method, headers, redirect: 'manual', signal });
    } catch (error) {
      return { problem: problemOf(error, signal) };
    }
    const location = response.headers.get('location');
    if (!REDIRECTS.includes(response.status) || location === null) {
      return { response, url, permanentUrl };
    }
    // Nobody wants the body of a redirect. If it has failed already, that is all the same.
    await response.body?.cancel().catch(() => undefined);
    if (!URL.canParse(location, url.href)) return { problem: 'redirects' };
    url = new URL(location, url);
    isPermanent &&= PERMANENT_REDIRECTS.includes(response.status);
    if (isPermanent) permanentUrl = url;
  }
  return { problem: 'redirects' };
}

/** What a thrown error of a fetch, or of reading its body, means. */
export function problemOf(error: unknown, signal: AbortSignal): OutboundProblem {
  if (isAddressRefused(error)) return 'refused';
  if (error instanceof NoRoomError) return 'no-room';
  const isTimeout = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  return isTimeout ? 'timeout' : 'unreachable';
}

/** Whether an answer is packed in more than one layer, or in one that `fetch` does not unpack. */
export function hasForeignEncoding(response: OutboundResponse): boolean {
  const encoding = contentEncoding(response);
  return !['identity', 'gzip', 'x-gzip', 'br'].includes(encoding);
}

/** Lower case, `identity` where none is named. */
export function contentEncoding(response: OutboundResponse): string {
  return response.headers.get('content-encoding')?.trim().toLowerCase() || 'identity';
}
