import { FaultTally } from './faults.ts';
import { scheduleOf } from './schedule.ts';
import { type Outcome, simulate } from './simulate.ts';

/** What came of many schedules. */
export interface Campaign {
  schedules: number;
  /** Commits of the database that were held against the invariants. */
  checks: number;
  faults: FaultTally;
  /** The worlds in which something was not as it must be. */
  failed: Outcome[];
}

/**
 * Runs one schedule per seed. Every `twiceEvery`-th is run twice, and must leave the same trace: a
 * seed that fails can be run again.
 */
export async function simulateSeeds(
  seeds: Iterable<number>,
  twiceEvery: number,
): Promise<Campaign> {
  const campaign: Campaign = { schedules: 0, checks: 0, faults: new FaultTally(), failed: [] };
  for (const seed of seeds) {
    const outcome = await simulate(scheduleOf(seed));
    campaign.schedules += 1;
    campaign.checks += outcome.checks;
    campaign.faults.add(outcome.faults);
    if (seed % twiceEvery === 0) {
      const again = await simulate(scheduleOf(seed));
      if (again.traceDigest !== outcome.traceDigest) {
        const both = `${outcome.traceDigest}, then ${again.traceDigest}`;
        outcome.violations.push(`two runs of one seed differ: ${both}`);
      }
    }
    if (outcome.violations.length > 0) campaign.failed.push(outcome);
  }
  return campaign;
}

export function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** For a test: every violation with the seed that shows it again. */
export function describeFailures({ failed }: Campaign): string[] {
  return failed.map(
    ({ seed, violations }) =>
      `npm run torture -- --seed ${seed}: ${violations.slice(0, 3).join('; ')}`,
  );
}
