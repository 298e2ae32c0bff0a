import { describe, expect, it } from 'vitest';
import { planRetention, type StoredEpisode } from './retention.ts';

import { MB, stored } from './testing/stored-episodes.ts';

const NO_RULES = { keepNewest: null, capBytes: null };

/** Park and Miller's generator: the same numbers in every run, so what fails can be looked at. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

describe('whatever is stored', () => {
  const cases = Array.from({ length: 2_000 }, (_, index) => {
    const roll = dice(index + 1);
    const heard = ['no', 'partly', 'whole'] as const;
    const episodes = stored(
      ...Array.from({ length: roll(14) }, (_, n) => ({
        name: `${'abc'[roll(3)]}${n}`,
        sizeBytes: roll(50) * MB,
        storedAt: roll(6),
        publishedAt: roll(3),
        isKept: roll(5) === 0,
        isCurrent: roll(7) === 0,
        heard: heard[roll(3)] ?? 'no',
      })),
    );
    const keepNewest = roll(3) === 0 ? null : roll(4) + 1;
    const capBytes = roll(3) === 0 ? null : roll(300) * MB;
    return { episodes, rules: { keepNewest, capBytes }, plan: [] as StoredEpisode[] };
  });
  for (const it of cases) it.plan = planRetention(it.episodes, it.rules);

  const sum = (episodes: StoredEpisode[]) =>
    episodes.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  const left = ({ episodes, plan }: (typeof cases)[number]) =>
    episodes.filter((episode) => !plan.includes(episode));

  it('nothing goes without a rule, twice, or that is not there', () => {
    for (const { episodes, plan } of cases) {
      expect(planRetention(episodes, NO_RULES)).toEqual([]);
      expect(new Set(plan).size).toBe(plan.length);
      expect(plan.every((episode) => episodes.includes(episode))).toBe(true);
    }
  });

  it('what is marked or in a player never goes, nor the last one that came', () => {
    for (const { episodes, plan } of cases) {
      expect(plan.some(({ isKept, isCurrent }) => isKept || isCurrent)).toBe(false);
      if (episodes.length > 0) expect(plan.length).toBeLessThan(episodes.length);
      const lastAt = Math.max(...episodes.map(({ storedAt }) => storedAt));
      const lasts = episodes.filter(({ storedAt }) => storedAt === lastAt);
      if (lasts.length === 1) expect(plan).not.toContain(lasts[0]);
    }
  });

  it('afterwards the rules hold, or only what may not go is left', () => {
    for (const it of cases) {
      const { keepNewest, capBytes } = it.rules;
      const rest = left(it);
      const free = rest.filter(({ isKept, isCurrent }) => !isKept && !isCurrent);
      if (capBytes !== null && sum(rest) > capBytes) expect(free.length).toBeLessThanOrEqual(1);
      if (keepNewest === null) continue;
      for (const podcast of ['a', 'b', 'c']) {
        const ofIt = free.filter(
          ({ podcastId, heard }) => podcastId === podcast && heard !== 'partly',
        );
        expect(ofIt.length).toBeLessThanOrEqual(keepNewest);
      }
    }
  });

  it('the cap takes nothing that could have stayed: without its last one, it would not hold', () => {
    for (const { episodes, rules, plan } of cases) {
      if (rules.capBytes === null) continue;
      const forNewest = planRetention(episodes, { ...rules, capBytes: null });
      expect(plan.slice(0, forNewest.length)).toEqual(forNewest);
      if (plan.length === forNewest.length) continue;
      expect(sum(episodes) - sum(plan.slice(0, -1))).toBeGreaterThan(rules.capBytes);
    }
  });

  it('the order in which it is listed changes nothing, and asking again asks for nothing more', () => {
    for (const it of cases) {
      expect(planRetention(it.episodes.toReversed(), it.rules)).toEqual(it.plan);
      expect(planRetention(left(it), it.rules)).toEqual([]);
    }
  });

  it('a rule that is less strict lets go of nothing more', () => {
    for (const { episodes, rules, plan } of cases) {
      const { keepNewest } = rules;
      if (keepNewest === null || rules.capBytes !== null) continue;
      const milder = planRetention(episodes, { ...rules, keepNewest: keepNewest + 1 });
      expect(milder.every((episode) => plan.includes(episode))).toBe(true);
    }
  });
});
