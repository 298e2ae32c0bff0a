import type { ChangedStatus } from '../core/api/paths.ts';
import type { Failure } from '../core/model/failure.ts';
import { badRequest, failureResponse } from './answers.ts';
import type { OutboundResponse } from './context.ts';
import { isTextKind, type RelayGrant, type RelayKind } from './guard/tokens.ts';
import { contentEncoding, hasForeignEncoding, type OutboundProblem } from './outbound.ts';

export const CONTENT_RANGE = /^bytes (\d{1,15}-\d{1,15}\/(\d{1,15}|\*)|\*\/\d{1,15})$/;

/** The answer where the origin's head alone says that nothing can be relayed. */
export function headRefusal(
  response: OutboundResponse,
  wanted: {
    grant: RelayGrant;
    expectedEtag: string | undefined;
    changedStatus: ChangedStatus;
    limitBytes: number;
  },
): Response | undefined {
  const { status, headers } = response;
  const { grant, expectedEtag, changedStatus, limitBytes } = wanted;
  // A range of the expected version that the host does not have: the file is shorter now.
  if (status === 416 && expectedEtag !== undefined) return changedRefusal(changedStatus);
  if (status !== 200 && status !== 206) return statusRefusal(response);
  const encoding = contentEncoding(response);
  const isPacked = isTextKind(grant.kind) ? hasForeignEncoding(response) : encoding !== 'identity';
  const isMultipart = /^\s*multipart\//i.test(headers.get('content-type') ?? '');
  const isPart = status === 206;
  const isStrangePart =
    isPart && (grant.kind !== 'audio' || !CONTENT_RANGE.test(headers.get('content-range') ?? ''));
  if (isPacked || isMultipart || isStrangePart) {
    return failureResponse(502, { code: 'enclosure-http-status', status });
  }
  if (expectedEtag !== undefined && headers.get('etag') !== expectedEtag) {
    return changedRefusal(changedStatus);
  }
  if (Number(headers.get('content-length')) > limitBytes) {
    return badRequest(502, `larger than ${limitBytes} bytes`);
  }
  return undefined;
}

function changedRefusal(status: ChangedStatus): Response {
  if (status === 204) return new Response(null, { status });
  return failureResponse(status, { code: 'enclosure-changed' });
}

/**
 * What a status of the origin becomes. The ones that a download engine acts upon stay as they are;
 * 401 is ours alone (the token has expired), and an answer without usable bytes is a 502.
 */
function statusRefusal({ status, headers }: OutboundResponse): Response {
  if (status === 404 || status === 410) {
    return failureResponse(status, { code: 'enclosure-not-found', status });
  }
  if (status === 401 || status === 403) {
    return failureResponse(403, { code: 'enclosure-denied', status });
  }
  const passed: Record<string, string> = {};
  const retryAfter = headers.get('retry-after');
  if (retryAfter && /^\d{1,6}$/.test(retryAfter)) passed['Retry-After'] = retryAfter;
  const contentRange = headers.get('content-range');
  if (status === 416 && contentRange && CONTENT_RANGE.test(contentRange)) {
    passed['Content-Range'] = contentRange;
  }
  const ours = status >= 400 && status < 600 ? status : 502;
  return failureResponse(ours, { code: 'enclosure-http-status', status }, passed);
}

export function problemRefusal(problem: OutboundProblem): Response {
  switch (problem) {
    case 'refused':
      return failureResponse(403, { code: 'enclosure-refused' });
    case 'timeout':
      return failureResponse(504, { code: 'enclosure-unreachable' });
    case 'redirects':
    case 'unreachable':
    case 'no-room':
      return failureResponse(502, { code: 'enclosure-unreachable' });
  }
}

export function typeRefusal(kind: RelayKind): Response {
  const failure: Failure =
    kind === 'audio'
      ? { code: 'enclosure-not-audio' }
      : { code: 'unexpected', detail: `what came back is no ${kind}` };
  return failureResponse(415, failure);
}
