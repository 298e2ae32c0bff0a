import type { Failure, FailureCode } from '../../core/model/failure.ts';
import { isTransient } from '../../core/model/retry-policy.ts';

/** What a feed is read again after by itself, as the policy has it, without all of its tables. */
const PASSING: ReadonlySet<FailureCode> = new Set([
  'offline',
  'gateway-unreachable',
  'feed-http-status',
  'feed-timeout',
  'feed-unreachable',
]);

/** Whether a feed that failed so is tried again without anybody's doing. */
export function isPassing(failure: Failure): boolean {
  if ('status' in failure && !isTransient(failure.status)) return false;
  return PASSING.has(failure.code);
}
