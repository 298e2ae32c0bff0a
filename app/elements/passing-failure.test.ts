import { expect, it } from 'vitest';
import type { Failure, FailureCode } from '../../core/model/failure.ts';
import { ruleFor } from '../../core/model/retry-policy.ts';
import { isPassing } from './passing-failure.ts';

type OfFeeds = Extract<
  FailureCode,
  'offline' | `address-${string}` | `gateway-${string}` | `feed-${string}`
>;

/** One of each: a new failure does not compile until it stands here. */
const failures: Record<OfFeeds, Failure> = {
  offline: { code: 'offline' },
  'address-invalid': { code: 'address-invalid' },
  'address-refused': { code: 'address-refused' },
  'gateway-unreachable': { code: 'gateway-unreachable' },
  'gateway-refused': { code: 'gateway-refused', status: 503 },
  'feed-not-found': { code: 'feed-not-found', status: 404 },
  'feed-denied': { code: 'feed-denied', status: 403 },
  'feed-http-status': { code: 'feed-http-status', status: 503 },
  'feed-unreachable': { code: 'feed-unreachable' },
  'feed-timeout': { code: 'feed-timeout' },
  'feed-redirects': { code: 'feed-redirects' },
  'feed-too-large': { code: 'feed-too-large', limitBytes: 1 },
  'feed-not-a-feed': { code: 'feed-not-a-feed' },
  'feed-broken': { code: 'feed-broken' },
  'feed-without-audio': { code: 'feed-without-audio' },
  'feed-needs-gateway': { code: 'feed-needs-gateway' },
};

it.each([...Object.values(failures), { code: 'feed-http-status', status: 400 } as const])(
  'says of $code ($status) what the policy says',
  (failure) => {
    expect(isPassing(failure)).toBe(ruleFor(failure, { begun: false }).kind === 'retries');
  },
);
