import type { Failure, FailureCode } from './failure.ts';
import { LONGEST_WAIT_MS, NO_TRIES, type Tries } from './waiting.ts';

/*
 * What follows when a download fails: the whole policy, in one table. Pure; who asks brings the
 * clock and the dice. The clock only decides when, and one that jumps makes nobody wait for years.
 */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What a host may ask for with `Retry-After`. */
const SHORTEST_RETRY_AFTER_MS = SECOND_MS;

/** Each try that begins anew may cost as much as the whole episode. */
const FROM_THE_START_IN_A_ROW = 10;

export type RetryRule =
  /** The same again would fail the same way: the download ends with its reason. */
  | { kind: 'ends' }
  /** Time does not help. Freed space does. */
  | { kind: 'waits-for-space' }
  | Backoff;

/** Tries again by itself, so often and no more: every plan ends. */
export interface Backoff {
  kind: 'retries';
  /** The wait after the first failure in a row; it doubles from there. */
  firstMs: number;
  longestMs: number;
  /** The part of a wait that chance decides, 0 to 1: devices that failed together come back apart. */
  jitter: number;
  /** How often it is tried again while not a byte comes. */
  inARow: number;
  /** How often within 24 hours, whatever comes in between. */
  inADay: number;
}

const ENDS: RetryRule = { kind: 'ends' };

/** Nobody there: quick at first, since most connections are back at once; then through an outage. */
const UNREACHABLE: RetryRule = {
  kind: 'retries',
  firstMs: 2 * SECOND_MS,
  longestMs: HOUR_MS,
  jitter: 0.5,
  inARow: 15,
  inADay: 40,
};

/** Somebody is there and says "not now": slower, or we are part of their trouble. */
const BUSY: RetryRule = { ...UNREACHABLE, firstMs: 5 * SECOND_MS, inARow: 12, inADay: 30 };

/** A network that asks to sign in, most likely, which a person does in some minutes, or never. */
const SIGN_IN_PAGE: RetryRule = {
  kind: 'retries',
  firstMs: 15 * SECOND_MS,
  longestMs: 15 * MINUTE_MS,
  jitter: 0.5,
  inARow: 6,
  inADay: 20,
};

/** A bug seldom goes away. */
const BROKEN: RetryRule = {
  kind: 'retries',
  firstMs: 2 * SECOND_MS,
  longestMs: 5 * MINUTE_MS,
  jitter: 0.5,
  inARow: 10,
  inADay: 20,
};

/** A new failure does not compile until somebody has decided here what follows from it. */
const RULES: Record<FailureCode, RetryRule> = {
  'address-invalid': ENDS,
  'address-refused': ENDS,
  offline: UNREACHABLE,
  'worker-missing': ENDS,
  outdated: ENDS,
  'database-blocked': ENDS,
  'gateway-unreachable': UNREACHABLE,
  'gateway-refused': ENDS,
  'feed-not-found': ENDS,
  'feed-denied': ENDS,
  'feed-http-status': BUSY,
  'feed-unreachable': UNREACHABLE,
  'feed-timeout': UNREACHABLE,
  'feed-redirects': ENDS,
  'feed-too-large': ENDS,
  'feed-not-a-feed': ENDS,
  'feed-broken': ENDS,
  'feed-without-audio': ENDS,
  'feed-needs-gateway': ENDS,
  'search-unavailable': BUSY,
  'search-needs-gateway': ENDS,
  'opml-not-a-list': ENDS,
  'opml-broken': ENDS,
  'opml-empty': ENDS,
  'opml-too-large': ENDS,
  'opml-too-many': ENDS,
  'enclosure-missing': ENDS,
  'enclosure-not-found': ENDS,
  'enclosure-denied': ENDS,
  'enclosure-http-status': BUSY,
  'enclosure-unreachable': UNREACHABLE,
  'enclosure-refused': ENDS,
  'enclosure-not-audio': SIGN_IN_PAGE,
  // A new version is a new attempt, without a wait; this is what they come to when they go on.
  'enclosure-changed': ENDS,
  'enclosure-integrity': ENDS,
  'play-only': ENDS,
  'no-space': { kind: 'waits-for-space' },
  unexpected: BROKEN,
};

/**
 * The rule for one failure. `begun`: bytes of the episode are stored, so there is audio at that
 * address, and a web page in its place is a passing thing.
 */
export function ruleFor(failure: Failure, { begun }: { begun: boolean }): RetryRule {
  const rule = RULES[failure.code];
  if (failure.code === 'enclosure-not-audio' && !begun) return ENDS;
  if ('status' in failure && !isTransient(failure.status)) return ENDS;
  return rule;
}

/** Whether the same request may well succeed later (RFC 9110 section 15, RFC 6585 section 4). */
export function isTransient(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

export interface Circumstances {
  /** ms since 1970. */
  now: number;
  /** At least 0, less than 1. */
  random: number;
  isOnline: boolean;
  begun: boolean;
  /** Bytes came before it failed: it is no failure in a row, and none of the day. */
  progressed: boolean;
  /** What came is of no use: the next try begins with the first byte again. */
  fromTheStart: boolean;
  /** What the host asked for, as it said it. */
  retryAfterMs: number | undefined;
}

export type Consequence =
  | { kind: 'end' }
  | { kind: 'wait'; reason: 'retry' | 'network' | 'space'; tries: Tries };

export function afterFailure(
  failure: Failure,
  { retries: before, failuresAt }: Pick<Tries, 'retries' | 'failuresAt'>,
  { now, random, isOnline, begun, progressed, fromTheStart, retryAfterMs }: Circumstances,
): Consequence {
  const rule = ruleFor(failure, { begun });
  if (rule.kind === 'ends') return { kind: 'end' };
  const today = withinDay(failuresAt, now);
  const uncounted = { ...NO_TRIES, retries: progressed ? 0 : before, failuresAt: today };
  if (rule.kind === 'waits-for-space') return { kind: 'wait', reason: 'space', tries: uncounted };
  // A device without a connection has not failed; it waits for as long as it takes.
  if (!isOnline) return { kind: 'wait', reason: 'network', tries: uncounted };

  const counted = progressed
    ? uncounted
    : { ...uncounted, retries: before + 1, failuresAt: [...today, now] };
  const inARow = fromTheStart ? Math.min(rule.inARow, FROM_THE_START_IN_A_ROW) : rule.inARow;
  if (counted.retries > inARow || counted.failuresAt.length > rule.inADay) {
    return { kind: 'end' };
  }
  const waitMs = Math.max(
    backoffMs(rule, counted.retries, random),
    askedForMs(rule, retryAfterMs, random),
  );
  const tries = { ...counted, waitsSince: now, retryAt: now + waitMs };
  return { kind: 'wait', reason: 'retry', tries };
}

/**
 * The failures of the last 24 hours. One from the future was noted before the clock went back:
 * nobody knows when that was, so it counts as of now, and is forgotten in 24 hours like the others.
 */
function withinDay(failuresAt: readonly number[], now: number): number[] {
  return failuresAt.map((at) => Math.min(at, now)).filter((at) => now - at < DAY_MS);
}

function backoffMs({ firstMs, longestMs, jitter }: Backoff, retries: number, random: number) {
  if (retries === 0) return 0;
  const ceilingMs = Math.min(firstMs * 2 ** (retries - 1), longestMs);
  return ceilingMs * (1 - jitter * (1 - random));
}

/** Never earlier than the host asked for, and not all at that very moment. */
function askedForMs(
  { firstMs, jitter }: Backoff,
  retryAfterMs: number | undefined,
  random: number,
) {
  if (retryAfterMs === undefined) return 0;
  const askedMs = Math.max(retryAfterMs, SHORTEST_RETRY_AFTER_MS);
  return Math.min(askedMs + firstMs * jitter * random, LONGEST_WAIT_MS);
}
