import { expect, it } from 'vitest';
import { simulateSeeds } from './simulate-seeds.ts';

// In two files, because Vitest runs files side by side.
it('2,500 schedules of faults lose, double and spoil nothing (I1 to I13, I15, S1, S2, L1)', async () => {
  const campaign = await simulateSeeds(1, 2_500, 10);
  expect(campaign.failures).toEqual([]);
  expect(campaign.checks).toBeGreaterThan(25_000);
  // Everything that can go wrong has gone wrong.
  expect(campaign.faults.counts.size).toBeGreaterThan(45);
}, 900_000);
