import { describe, expect, it } from 'vitest';
import type { Failure } from './failure.ts';
import { afterFailure, type Circumstances, isTransient, ruleFor } from './retry-policy.ts';
import { NO_TRIES, remainingWaitMs, type Tries } from './waiting.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;
const YEARS_MS = 10 * 365 * DAY_MS;
const now = Date.UTC(2026, 10, 1);

const unreachable: Failure = { code: 'enclosure-unreachable' };
const busy: Failure = { code: 'enclosure-http-status', status: 503 };

const usual: Circumstances = {
  now,
  random: 0,
  isOnline: true,
  begun: false,
  progressed: false,
  fromTheStart: false,
  retryAfterMs: undefined,
};

function waiting(failure: Failure, tries: Tries, facts: Partial<Circumstances> = {}) {
  const consequence = afterFailure(failure, tries, { ...usual, ...facts });
  if (consequence.kind === 'end') throw new Error('it ended');
  return consequence;
}

/** Fails again and again, each time when the wait is over, until it ends; the waits in between. */
function failUntilTheEnd(
  failure: Failure,
  facts: (turn: number) => Partial<Circumstances> = () => ({}),
) {
  const waits: number[] = [];
  let tries = NO_TRIES;
  let time = now;
  for (;;) {
    const all = { ...usual, now: time, ...facts(waits.length) };
    const consequence = afterFailure(failure, tries, all);
    if (consequence.kind === 'end') return waits;
    tries = consequence.tries;
    waits.push(remainingWaitMs(tries, all.now));
    time = all.now + remainingWaitMs(tries, all.now);
    if (waits.length > 1000) throw new Error('no end');
  }
}

describe('what ends a download at once', () => {
  it.each<Failure>([
    { code: 'enclosure-missing' },
    { code: 'enclosure-not-found', status: 404 },
    { code: 'enclosure-denied', status: 401 },
    { code: 'enclosure-refused' },
    { code: 'enclosure-changed' },
    { code: 'enclosure-integrity' },
    { code: 'enclosure-not-audio' },
    { code: 'play-only' },
    { code: 'enclosure-http-status', status: 400 },
    { code: 'enclosure-http-status', status: 204 },
    { code: 'enclosure-http-status', status: 304 },
  ])('$code $status', (failure) => {
    expect(afterFailure(failure, NO_TRIES, usual)).toEqual({ kind: 'end' });
    expect(afterFailure(failure, NO_TRIES, { ...usual, isOnline: false })).toEqual({ kind: 'end' });
  });
});

describe('what waits', () => {
  it.each<Failure>([
    unreachable,
    busy,
    { code: 'enclosure-http-status', status: 429 },
    { code: 'gateway-unreachable' },
    { code: 'offline' },
    { code: 'unexpected', detail: '' },
  ])('for another try: $code', (failure) => {
    expect(waiting(failure, NO_TRIES)).toMatchObject({
      reason: 'retry',
      tries: { retries: 1, failuresAt: [now], waitsSince: now },
    });
  });

  it('for space, whatever the network is like, and counts no failure', () => {
    const failure: Failure = { code: 'no-space', neededBytes: undefined };
    for (const isOnline of [true, false]) {
      const { reason, tries } = waiting(failure, NO_TRIES, { isOnline });
      expect([reason, tries]).toEqual(['space', NO_TRIES]);
    }
  });

  it('for the network, for as long as there is none, and counts no failure', () => {
    const before = { ...NO_TRIES, retries: 3, failuresAt: [now - 5, now - 4, now - 3] };
    const { reason, tries } = waiting(unreachable, before, { isOnline: false });
    expect(reason).toBe('network');
    expect(tries).toEqual({ ...before, retryAt: undefined, waitsSince: undefined });
  });

  it('a web page, where there was audio before', () => {
    const { reason } = waiting({ code: 'enclosure-not-audio' }, NO_TRIES, { begun: true });
    expect(reason).toBe('retry');
  });
});

describe('how long', () => {
  it('grows with each failure in a row, up to the longest', () => {
    const waits = failUntilTheEnd(unreachable, () => ({ random: 1 - Number.EPSILON }));
    const seconds = waits.map((waitMs) => Math.round(waitMs / 1000));
    expect(seconds.slice(0, 5)).toEqual([2, 4, 8, 16, 32]);
    expect(seconds.at(-1)).toBe(3600);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });

  it('differs between devices, by half', () => {
    const [shortest, middle] = [0, 0.5].map((random) =>
      remainingWaitMs(waiting(busy, NO_TRIES, { random }).tries, now),
    );
    expect([shortest, middle]).toEqual([2500, 3750]);
  });

  it('is nothing where bytes had come: the connection broke, no more', () => {
    const { tries } = waiting(unreachable, { ...NO_TRIES, retries: 9 }, { progressed: true });
    expect(tries).toMatchObject({ retries: 0, failuresAt: [] });
    expect(remainingWaitMs(tries, now)).toBe(0);
  });

  it.each([
    ['what the host asks for', 120 * SECOND_MS, 120 * SECOND_MS],
    ['no less than usual', 0, 2500],
    ['no more than six hours', 50 * HOUR_MS, 6 * HOUR_MS],
    ['six hours for ever', Number.POSITIVE_INFINITY, 6 * HOUR_MS],
  ])('is %s', (_name, retryAfterMs, waitMs) => {
    const { tries } = waiting(busy, NO_TRIES, { retryAfterMs });
    expect(remainingWaitMs(tries, now)).toBe(waitMs);
  });

  it('is never less than the host asks for, and not the same on all devices', () => {
    const facts = { retryAfterMs: 60 * SECOND_MS };
    const early = remainingWaitMs(waiting(busy, NO_TRIES, { ...facts, random: 0 }).tries, now);
    const late = remainingWaitMs(waiting(busy, NO_TRIES, { ...facts, random: 0.9 }).tries, now);
    expect(early).toBe(60 * SECOND_MS);
    expect(late).toBeGreaterThan(early);
  });

  it('is at least a second, however soon the host says, after bytes had come', () => {
    const { tries } = waiting(busy, NO_TRIES, { progressed: true, retryAfterMs: 0 });
    expect(remainingWaitMs(tries, now)).toBe(SECOND_MS);
  });
});

describe('how often', () => {
  it.each<[string, Failure, Partial<Circumstances>, number]>([
    ['a host that is gone', unreachable, {}, 15],
    ['a host that is busy', busy, {}, 12],
    ['a sign-in page', { code: 'enclosure-not-audio' }, { begun: true }, 6],
    ['a bug', { code: 'unexpected', detail: '' }, {}, 10],
    ['answers that begin anew each time', unreachable, { fromTheStart: true }, 10],
  ])('in a row: %s', (_name, failure, facts, times) => {
    expect(failUntilTheEnd(failure, () => facts)).toHaveLength(times);
  });

  it('in a day, though bytes come in between', () => {
    let failures = 0;
    failUntilTheEnd(unreachable, (turn) => {
      const progressed = turn % 3 === 2;
      if (!progressed) failures += 1;
      return { progressed };
    });
    expect(failures).toBe(41);
  });

  it('of another day is forgotten', () => {
    const failuresAt = Array.from({ length: 40 }, (_, index) => now - DAY_MS - index);
    const { tries } = waiting(unreachable, { ...NO_TRIES, failuresAt });
    expect(tries.failuresAt).toEqual([now]);
  });

  it('does not count what broke after bytes had come: five hundred times are no end', () => {
    let tries = NO_TRIES;
    for (let turn = 0; turn < 500; turn += 1) {
      ({ tries } = waiting(unreachable, tries, { progressed: true }));
    }
    expect(tries).toMatchObject({ retries: 0, failuresAt: [] });
  });
});

describe('a clock that jumps', () => {
  it.each([
    ['forward', YEARS_MS],
    ['back', -YEARS_MS],
    ['back by a minute', -60 * SECOND_MS],
  ])('%s makes nobody wait', (_name, jumpMs) => {
    const { tries } = waiting(busy, NO_TRIES, { retryAfterMs: HOUR_MS });
    expect(remainingWaitMs(tries, now + jumpMs)).toBe(0);
  });

  it('back makes nobody wait for long, either, where an older version wrote the row', () => {
    const row = { retryAt: now + 5 * SECOND_MS, waitsSince: undefined };
    expect(remainingWaitMs(row, now)).toBe(5 * SECOND_MS);
    expect(remainingWaitMs(row, now - YEARS_MS)).toBe(0);
  });

  it('back forgets no failure, and keeps none for years', () => {
    const failuresAt = [now, now + 1, now + 2];
    const past = now - YEARS_MS;
    const { tries } = waiting(unreachable, { ...NO_TRIES, failuresAt }, { now: past });
    expect(tries.failuresAt).toEqual([past, past, past, past]);
    const next = waiting(unreachable, tries, { now: past + DAY_MS });
    expect(next.tries.failuresAt).toEqual([past + DAY_MS]);
  });

  it.each([
    ['back and forth', (turn: number) => (turn % 2 === 0 ? YEARS_MS : -YEARS_MS)],
    ['forward each time', (turn: number) => turn * YEARS_MS],
    ['back each time', (turn: number) => -turn * YEARS_MS],
  ])('%s is no way round the end', (_name, jumpMs) => {
    const waits = failUntilTheEnd(unreachable, (turn) => ({ now: now + jumpMs(turn) }));
    expect(waits).toHaveLength(15);
  });
});

it.each([408, 425, 429, 500, 502, 503, 504, 599])('%d may pass', (status) => {
  expect(isTransient(status)).toBe(true);
  expect(ruleFor({ code: 'feed-http-status', status }, { begun: false }).kind).toBe('retries');
});
