import type { Failure } from './failure.ts';
import type { PodcastId } from './ids.ts';
import { afterFailure, type Circumstances } from './retry-policy.ts';
import { NO_TRIES, remainingWaitMs, type Tries } from './waiting.ts';

/*
 * What the user did that a server must hear, and could not at once. Accepted once, kept until it is
 * done, and done once: each mutation is a row. Pure; who asks brings the clock and the dice.
 */

/** Something to do on the far side. Done twice it is the same as done once. */
export type Mutation =
  /** The podcast's row is here already, and waits for its feed. */
  | { kind: 'subscribe'; podcastId: PodcastId }
  | { kind: 'refresh'; podcastId: PodcastId }
  /** A question to the directory, as `searchKey` writes it. */
  | { kind: 'search'; query: string };

/** One row of the `outbox` store, keyed by `sequence`. */
export interface OutboxEntry {
  /** Grows with each row. Entries of one entity are delivered in this order. */
  sequence: number;
  /** Goes with every try, so that a server that did it and could not say so does it once. */
  idempotencyKey: string;
  /** What it is about. Entries of different entities never wait for each other. */
  entity: string;
  mutation: Mutation;
  /** ms since 1970. */
  acceptedAt: number;
  state: OutboxState;
  /** Grows by one with each lease. Who delivers under an older one changes nothing. */
  epoch: number;
  /** The life of the worker that is delivering it now. */
  leaseOwner: string | undefined;
  tries: Tries;
  /** Of the last try. */
  failure: Failure | undefined;
}

export type OutboxState =
  | 'waiting'
  /** Trying again would fail the same way, or was tried often enough: the user decides. */
  | 'refused';

export function entityOf(mutation: Mutation): string {
  return mutation.kind === 'search' ? `search ${mutation.query}` : mutation.podcastId;
}

/**
 * The entry that already does what `mutation` asks for; `undefined` where it needs one of its own.
 * One that was ever sent may have been applied, and its key brings the answer of that time.
 */
export function covering(
  entries: readonly OutboxEntry[],
  mutation: Mutation,
): OutboxEntry | undefined {
  return entries.find((entry) => {
    if (entry.entity !== entityOf(mutation) || entry.epoch > 0) return false;
    // A subscription reads the feed as well.
    return entry.mutation.kind === mutation.kind || entry.mutation.kind === 'subscribe';
  });
}

/**
 * What may be sent now, oldest first: of each entity the first entry alone. One that was refused, or
 * waits, holds up what comes after it in its entity, and nothing else.
 */
export function deliverable(
  entries: readonly OutboxEntry[],
  now: number,
  isFree: (leaseOwner: string) => boolean,
): OutboxEntry[] {
  return headsOf(entries)
    .filter(
      ({ state, tries, leaseOwner }) =>
        state === 'waiting' &&
        remainingWaitMs(tries, now) === 0 &&
        (leaseOwner === undefined || isFree(leaseOwner)),
    )
    .sort((one, other) => one.sequence - other.sequence);
}

/** What waits for a time or a network, and not for the user or another entry. */
export function waitingHeads(entries: readonly OutboxEntry[]): OutboxEntry[] {
  return headsOf(entries).filter(({ state }) => state === 'waiting');
}

/** How soon something may be due, in ms; `undefined` when nothing waits for a time. */
export function nextDueMs(entries: readonly OutboxEntry[], now: number): number | undefined {
  const waits = waitingHeads(entries).map(({ tries }) => remainingWaitMs(tries, now));
  return waits.length > 0 ? Math.min(...waits) : undefined;
}

/** Of each entity the first entry. */
function headsOf(entries: readonly OutboxEntry[]): OutboxEntry[] {
  const heads = new Map<string, OutboxEntry>();
  for (const entry of entries) {
    const head = heads.get(entry.entity);
    if (!head || entry.sequence < head.sequence) heads.set(entry.entity, entry);
  }
  return [...heads.values()];
}

/** What a failed try makes of an entry. It never goes away by itself: it waits, or the user is asked. */
export function afterTry(
  { tries }: Pick<OutboxEntry, 'tries'>,
  failure: Failure,
  circumstances: Pick<Circumstances, 'now' | 'random' | 'isOnline' | 'retryAfterMs'>,
): Pick<OutboxEntry, 'state' | 'tries' | 'failure'> {
  const consequence = afterFailure(failure, tries, {
    ...circumstances,
    begun: false,
    progressed: false,
    fromTheStart: false,
  });
  // Room is for the user to make.
  const isOver = consequence.kind === 'end' || consequence.reason === 'space';
  return isOver
    ? { state: 'refused', tries: NO_TRIES, failure }
    : { state: 'waiting', tries: consequence.tries, failure };
}
