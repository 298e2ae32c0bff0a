import { describe, expect, it } from 'vitest';
import type { PodcastId } from './ids.ts';
import { isDue, nextBatch, type Refreshable } from './refresh-order.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const now = Date.UTC(2026, 10, 21);

interface Ages {
  read?: number;
  tried?: number;
  answered?: number;
}

/** Times are ms before now. */
function aged(id: string, { read = 0, tried = read, answered = tried }: Ages): Refreshable {
  return {
    podcast: {
      id: id as PodcastId,
      refreshedAt: now - read,
      etag: '"1"',
      lastModified: undefined,
      refreshFailure: undefined,
    },
    subscription: { triedAt: now - tried, answeredAt: now - answered },
  };
}

function withPodcast(it: Refreshable, facts: Partial<Refreshable['podcast']>): Refreshable {
  return { ...it, podcast: { ...it.podcast, ...facts } };
}

const ids = (batch: Refreshable[]) => batch.map(({ podcast }) => podcast.id);

describe('due by itself is', () => {
  it.each<[string, Ages, boolean]>([
    ['what was read long ago', { read: 7 * HOUR_MS }, true],
    ['not what was read lately', { read: HOUR_MS }, false],
    ['not what has just failed', { read: 7 * HOUR_MS, tried: MINUTE_MS }, false],
    ['what failed a while ago', { read: 7 * HOUR_MS, tried: 16 * MINUTE_MS }, true],
    ['what was read in the future, by a clock set back since', { read: -9 * HOUR_MS }, true],
  ])('%s', (_name, ages, due) => {
    expect(isDue(aged('p', ages), { since: null, now })).toBe(due);
  });
});

describe('of those that somebody wants read, left is', () => {
  const since = now - 5 * MINUTE_MS;
  it.each<[string, Ages, boolean]>([
    ['what was not read since', { read: HOUR_MS }, true],
    ['not what was', { read: MINUTE_MS }, false],
    ['not what was asked for, and failed', { read: HOUR_MS, tried: MINUTE_MS }, false],
    ['what a worker died on', { read: HOUR_MS, tried: MINUTE_MS, answered: HOUR_MS }, true],
    ['what was read in the future', { read: -HOUR_MS }, true],
  ])('%s', (_name, ages, due) => {
    expect(isDue(aged('p', ages), { since, now })).toBe(due);
  });
});

it('is over for what was read just now, also when the clock was set back meanwhile', () => {
  expect(isDue(aged('p', {}), { since: now + HOUR_MS, now })).toBe(false);
  expect(isDue(aged('p', { read: 1 }), { since: now + HOUR_MS, now })).toBe(true);
});

describe('a batch', () => {
  it('begins with what was not tried for longest, also where that failed each time', () => {
    const hangs = aged('hangs', { read: 90 * HOUR_MS, tried: HOUR_MS });
    const waits = aged('waits', { read: 8 * HOUR_MS });
    expect(ids(nextBatch([hangs, waits]))).toEqual(['waits', 'hangs']);
  });

  it('is what the gateway takes in one request', () => {
    const many = Array.from({ length: 120 }, (_, at) => aged(`p${at}`, { read: at }));
    expect(nextBatch(many)).toHaveLength(50);
  });

  it('holds few that will come back whole', () => {
    const whole = Array.from({ length: 30 }, (_, at) =>
      withPodcast(aged(`w${at}`, { read: HOUR_MS }), { etag: undefined }),
    );
    const small = aged('small', { read: MINUTE_MS });
    expect(nextBatch([...whole, small])).toHaveLength(11);
  });

  it('lets those that took too long wait for each other, and nobody else', () => {
    const refreshFailure = { code: 'feed-timeout' } as const;
    const slow = Array.from({ length: 8 }, (_, at) =>
      withPodcast(aged(`s${at}`, { read: 90 * HOUR_MS }), { refreshFailure }),
    );
    const quick = aged('quick', { read: HOUR_MS });
    expect(ids(nextBatch([...slow, quick]))).toEqual(['quick']);
    expect(nextBatch(slow)).toHaveLength(6);
  });

  it('is empty when nothing is left', () => {
    expect(nextBatch([])).toEqual([]);
  });
});
