import { describe, expect, it } from 'vitest';
import type { PodcastId } from './ids.ts';
import { heardOf, type OwnRule, ownRules, planRetention, type StoredEpisode } from './retention.ts';

import { ids, MB, named, stored } from './testing/stored-episodes.ts';

const NO_RULES = { keepNewest: null, capBytes: null };

describe('the newest of each podcast', () => {
  const newest = (keepNewest: number, episodes: StoredEpisode[]) =>
    ids(planRetention(episodes, { keepNewest, capBytes: null }));

  it.each([
    ['stay, the others go, oldest first', 2, 'a1 a2 b1 a3 a4', 'a1 a2'],
    ['are counted for each podcast', 1, 'a1 b1 a2 b2 c1', 'a1 b1'],
    ['are all where there are fewer', 3, 'a1 a2 b1', ''],
  ])('%s', (_name, count, names, expected) => {
    expect(newest(count, named(names))).toBe(expected);
  });

  it('are those that came last, whenever they were published', () => {
    const [old, fresh] = stored({ name: 'a1', publishedAt: 9 }, { name: 'a2', publishedAt: 1 });
    expect(newest(1, [old, fresh] as StoredEpisode[])).toBe('a1');
  });

  it('are told by their publication where nothing else is known', () => {
    const unknown = { storedAt: 0 };
    const episodes = stored(
      { name: 'a1', publishedAt: 5, ...unknown },
      { name: 'a2', publishedAt: 9, ...unknown },
      { name: 'a3', publishedAt: 7, ...unknown },
    );
    expect(newest(1, episodes)).toBe('a1 a3');
  });

  it.each<[string, Partial<StoredEpisode>]>([
    ['marked to keep', { isKept: true }],
    ['in a player', { isCurrent: true }],
    ['partly heard', { heard: 'partly' }],
  ])('are not the only ones to stay: what is %s stays as well', (_name, facts) => {
    const episodes = stored({ name: 'a1', ...facts }, { name: 'a2' }, { name: 'a3' });
    expect(newest(1, episodes)).toBe('a2');
  });
});

describe('a limit for all', () => {
  const capped = (capBytes: number, episodes: StoredEpisode[]) =>
    ids(planRetention(episodes, { keepNewest: null, capBytes }));

  it('lets go of no more than is needed, oldest first', () => {
    expect(capped(25 * MB, named('a1 b1 a2 b2'))).toBe('a1 b1');
    expect(capped(40 * MB, named('a1 b1 a2 b2'))).toBe('');
  });

  it('takes what was heard first, and what is half heard last', () => {
    const episodes = stored(
      { name: 'a1', heard: 'partly' },
      { name: 'a2' },
      { name: 'a3', heard: 'whole' },
      { name: 'a4' },
    );
    expect(capped(10 * MB, episodes)).toBe('a3 a2 a1');
  });

  it('never takes what is marked or in a player, however little that leaves', () => {
    const episodes = stored(
      { name: 'a1', isKept: true },
      { name: 'a2', isCurrent: true },
      { name: 'a3' },
      { name: 'a4' },
    );
    expect(capped(0, episodes)).toBe('a3');
  });

  it('leaves the last one that came: a download does not remove itself', () => {
    expect(capped(5 * MB, named('a1 a2'))).toBe('a1');
  });

  it('counts what the other rule has let go of', () => {
    const plan = planRetention(named('a1 a2 b1'), { keepNewest: 1, capBytes: 20 * MB });
    expect(ids(plan)).toBe('a1');
  });
});

describe('how much was heard', () => {
  it.each([
    ['never begun', undefined, 600, 'no'],
    ['a first look', 12, 600, 'no'],
    ['the middle', 300, 600, 'partly'],
    ['the middle of nobody knows how much', 300, undefined, 'partly'],
    ['the last minute', 550, 600, 'whole'],
    ['to the end', 0, 600, 'whole'],
  ] as const)('%s', (_name, positionS, durationS, heard) => {
    expect(heardOf(positionS, durationS)).toBe(heard);
  });
});

describe('a podcast’s own rule', () => {
  const a = 'a' as PodcastId;
  const b = 'b' as PodcastId;
  const plan = (
    names: string,
    ofPodcast: [PodcastId, OwnRule][],
    rules: { keepNewest: number | null; capBytes: number | null } = NO_RULES,
  ) => ids(planRetention(named(names), { ...rules, ofPodcast: new Map(ofPodcast) }));

  it.each<[string, OwnRule, number | null, string]>([
    ['holds where there is no general one', 1, null, 'a1 a2'],
    ['may be stricter than that', 1, 2, 'a1 b1 a2'],
    ['may be more generous', 5, 1, 'b1 b2'],
    ['may be that all stay', 'all', 1, 'b1 b2'],
    ['never takes the last one', 0, null, 'a1 a2'],
  ])('%s', (_name, rule, keepNewest, gone) => {
    expect(plan('a1 b1 a2 b2 a3 b3', [[a, rule]], { keepNewest, capBytes: null })).toBe(gone);
  });

  it('that all stay holds against the limit for all together as well', () => {
    const rules = { keepNewest: null, capBytes: 20 * MB };
    expect(plan('a1 a2 b1 b2', [[a, 'all']], rules)).toBe('b1');
    expect(plan('a1 a2 b1 b2', [[a, 5]], rules)).toBe('a1 a2');
  });

  it('is one for each podcast', () => {
    expect(
      plan(
        'a1 b1 a2 b2',
        [
          [a, 1],
          [b, 'all'],
        ],
        { keepNewest: 1, capBytes: null },
      ),
    ).toBe('a1');
  });

  it.each<[string, Partial<StoredEpisode>]>([
    ['marked to keep', { isKept: true }],
    ['in a player', { isCurrent: true }],
    ['partly heard', { heard: 'partly' }],
  ])('never takes what is %s', (_name, facts) => {
    const episodes = stored({ name: 'a1', ...facts }, { name: 'a2' }, { name: 'a3' });
    expect(ids(planRetention(episodes, { ...NO_RULES, ofPodcast: new Map([[a, 1]]) }))).toBe('a2');
  });

  it('is there only where somebody has made one', () => {
    const rules = ownRules([
      { podcastId: a, keepNewest: null },
      { podcastId: b, keepNewest: 'all' },
    ]);
    expect([...rules]).toEqual([[b, 'all']]);
  });
});
