import type { Attempt } from '../../core/model/attempt.ts';
import { isTransient } from '../../core/model/retry-policy.ts';
import type { RangeRequest } from './plan.ts';
import { readContentRange, strongEtag } from './range.ts';
import { isTextType } from './sniff.ts';

/**
 * What an answer to a range is worth, by status and headers alone. `good`: its bytes may be looked
 * at. `changed`: the host has another version now. `wait`: ask again later. `refused`: the host says
 * no for good.
 */
export type Judgement = 'good' | 'changed' | 'wait' | 'refused';

/** Headers that a cross-origin answer does not show are not held against it. */
export function judgeRange(
  response: Pick<Response, 'status' | 'headers'>,
  attempt: Attempt,
  { offsetBytes, lengthBytes, overlapBytes }: RangeRequest,
): Judgement {
  const { status, headers } = response;
  // A portal that stepped in between says nothing about the episode.
  if (status === 200 && isTextType(headers.get('content-type') ?? '')) return 'wait';
  if (status === 412 || status === 416 || status === 200) return 'changed';
  // The gateway's 412 to a Background Fetch: see `relayPath`.
  if (status === 204 && attempt.route === 'gateway') return 'changed';
  if (status !== 206) return isTransient(status) ? 'wait' : 'refused';
  if (headers.has('content-encoding')) return 'changed';
  const etag = strongEtag(headers);
  if (attempt.validator && etag && etag !== attempt.validator) return 'changed';
  const contentRange = headers.get('content-range');
  if (contentRange === null) return 'good';
  const range = readContentRange(contentRange);
  const asked =
    range?.firstByte === offsetBytes - overlapBytes &&
    range.lastByte === offsetBytes + lengthBytes - 1 &&
    (range.totalBytes === undefined || range.totalBytes === attempt.totalBytes);
  return asked ? 'good' : 'changed';
}

/** The same, for an answer to a request for everything. */
export function judgeWhole({ status }: Pick<Response, 'status'>): Judgement {
  if (status === 200 || status === 206) return 'good';
  return isTransient(status) ? 'wait' : 'refused';
}
