import { describe, expect, it } from 'vitest';
import type { PodcastId } from './ids.ts';
import { afterTry, covering, deliverable, nextDueMs, type OutboxEntry } from './outbox.ts';
import { NO_TRIES } from './waiting.ts';

const NOW = Date.UTC(2026, 10, 1);
const here = { now: NOW, random: 0.5, isOnline: true, retryAfterMs: undefined };
const nobody = () => false;

function anEntry(sequence: number, facts: Partial<OutboxEntry> & { of?: string } = {}) {
  const podcastId = (facts.of ?? 'podcast') as PodcastId;
  return {
    sequence,
    idempotencyKey: `key-${sequence}`,
    entity: podcastId,
    mutation: { kind: 'refresh', podcastId },
    acceptedAt: NOW,
    state: 'waiting',
    epoch: 0,
    leaseOwner: undefined,
    tries: NO_TRIES,
    failure: undefined,
    ...facts,
  } satisfies OutboxEntry & { of?: string };
}

const waiting = { tries: { ...NO_TRIES, retries: 1, waitsSince: NOW, retryAt: NOW + 5_000 } };
const sequences = (entries: OutboxEntry[]) => entries.map(({ sequence }) => sequence);

describe('what may be delivered', () => {
  it('is the first of each entity, oldest first', () => {
    const entries = [anEntry(3, { of: 'b' }), anEntry(2), anEntry(1), anEntry(4, { of: 'b' })];
    expect(sequences(deliverable(entries, NOW, nobody))).toEqual([1, 3]);
  });

  it.each([
    ['waits for its time', waiting],
    ['was refused', { state: 'refused' }],
    ['is being sent', { leaseOwner: 'a life' }],
  ] as const)('an entry that %s holds up its own entity, and no other', (_what, facts) => {
    const entries = [anEntry(1, facts), anEntry(2), anEntry(3, { of: 'b' })];
    expect(sequences(deliverable(entries, NOW, nobody))).toEqual([3]);
  });

  it('is what a dead worker was sending', () => {
    const entries = [
      anEntry(1, { leaseOwner: 'dead' }),
      anEntry(2, { of: 'b', leaseOwner: 'alive' }),
    ];
    expect(sequences(deliverable(entries, NOW, (owner) => owner === 'dead'))).toEqual([1]);
  });

  it('is due again when its time has come, and when the clock jumps out of it', () => {
    const entries = [anEntry(1, waiting)];
    expect(nextDueMs(entries, NOW)).toBe(5_000);
    for (const now of [NOW + 5_000, NOW - 1, NOW + 10 * 365 * 86_400_000])
      expect(sequences(deliverable(entries, now, nobody))).toEqual([1]);
  });

  it('waits for no time where the user is asked, nor does what stands behind it', () => {
    const refused = anEntry(1, { state: 'refused' });
    expect(nextDueMs([refused], NOW)).toBeUndefined();
    expect(nextDueMs([refused, anEntry(2)], NOW)).toBeUndefined();
    expect(nextDueMs([anEntry(1, waiting), anEntry(2)], NOW)).toBe(5_000);
    expect(nextDueMs([refused, anEntry(2), anEntry(3, { of: 'b' })], NOW)).toBe(0);
    expect(nextDueMs([], NOW)).toBeUndefined();
  });
});

describe('a mutation that another covers', () => {
  const mutation = { kind: 'refresh', podcastId: 'podcast' as PodcastId } as const;

  it('is the same one that waits, or a subscription, which reads the feed as well', () => {
    const subscribe = { ...mutation, kind: 'subscribe' } as const;
    expect(covering([anEntry(1)], mutation)?.sequence).toBe(1);
    expect(covering([anEntry(1, { mutation: subscribe })], mutation)?.sequence).toBe(1);
    expect(covering([anEntry(1)], subscribe)).toBeUndefined();
  });

  it('is not one that was ever sent, nor one of another entity', () => {
    expect(covering([anEntry(1, { epoch: 1, leaseOwner: 'a life' })], mutation)).toBeUndefined();
    // Its answer may have been lost, and its key would bring the same one again.
    expect(covering([anEntry(1, { epoch: 1, ...waiting })], mutation)).toBeUndefined();
    expect(covering([anEntry(1, { of: 'b' })], mutation)).toBeUndefined();
  });
});

describe('after a try that failed', () => {
  const tried = (failure: Parameters<typeof afterTry>[1], facts = {}) =>
    afterTry(anEntry(1), failure, { ...here, ...facts });

  it.each([408, 425, 429, 500, 503])('waits where the feed answers %d', (status) => {
    const { state, tries } = tried({ code: 'feed-http-status', status });
    expect(state).toBe('waiting');
    expect(tries.retryAt).toBeGreaterThan(NOW);
  });

  it.each([
    { code: 'feed-denied', status: 401 },
    { code: 'feed-not-found', status: 410 },
    { code: 'gateway-refused', status: 403 },
    { code: 'feed-not-a-feed' },
    { code: 'no-space', neededBytes: undefined },
  ] as const)('asks the user where trying again would not help: $code', (failure) => {
    expect(tried(failure)).toEqual({ state: 'refused', tries: NO_TRIES, failure });
  });

  it('waits as long as the far side asks for', () => {
    const { tries } = tried({ code: 'gateway-unreachable' }, { retryAfterMs: 120_000 });
    expect(tries.retryAt).toBeGreaterThanOrEqual(NOW + 120_000);
  });

  it('costs nothing without a network', () => {
    const { state, tries } = tried({ code: 'offline' }, { isOnline: false });
    expect(state).toBe('waiting');
    expect(tries).toEqual(NO_TRIES);
  });

  it('grows its wait, and asks the user in the end: nothing expires silently', () => {
    let entry: OutboxEntry = anEntry(1);
    const waits: number[] = [];
    let now = NOW;
    while (entry.state === 'waiting' && waits.length < 100) {
      entry = { ...entry, ...afterTry(entry, { code: 'gateway-unreachable' }, { ...here, now }) };
      const waitMs = nextDueMs([entry], now) ?? 0;
      waits.push(waitMs);
      now += waitMs;
    }
    expect(entry).toMatchObject({ state: 'refused', failure: { code: 'gateway-unreachable' } });
    expect(waits.length).toBeLessThan(50);
    expect(waits[5]).toBeGreaterThan(waits[0] ?? 0);
  });
});
