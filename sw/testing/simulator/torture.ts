import '../worker-globals.ts';
import { FaultTally } from './faults.ts';
import { scheduleOf } from './schedule.ts';
import { simulate } from './simulate.ts';
import { seedsFrom, simulateSeeds } from './simulate-seeds.ts';

/** The seeds that `npm test` runs are below this one. */
const FIRST_NEW_SEED = 1_000_000;
const BATCH = 50;

/**
 * Schedule after schedule with seeds that nobody has tried, for so many minutes; or the one that is
 * given, with its trace. Resolves with whether everything held, after a report of what was tried.
 */
export async function tortureSimulator({
  minutes,
  seed,
}: {
  minutes: number;
  seed: number | undefined;
}): Promise<boolean> {
  // What nobody waits for any more fails in a world that is over.
  process.on('unhandledRejection', (error) => console.error('in a world that is over:', error));
  return seed === undefined ? torture(minutes) : replay(seed);
}

async function replay(seed: number): Promise<boolean> {
  const schedule = scheduleOf(seed);
  const { trace, traceDigest, violations } = await simulate(schedule, { keepsTrace: true });
  console.log(JSON.stringify(schedule, undefined, 1));
  console.log(trace);
  console.log(`${traceDigest}; ${violations.length} violations`);
  for (const violation of violations) console.log(violation);
  return violations.length === 0;
}

async function torture(minutes: number): Promise<boolean> {
  const startedAt = performance.now();
  const faults = new FaultTally();
  const total = { schedules: 0, checks: 0, violations: 0 };
  for (
    let first = FIRST_NEW_SEED + Math.floor(Math.random() * 1e9);
    performance.now() - startedAt < minutes * 60_000;
    first += BATCH
  ) {
    const campaign = await simulateSeeds(seedsFrom(first, BATCH), 1);
    total.schedules += campaign.schedules;
    total.checks += campaign.checks;
    faults.add(campaign.faults);
    for (const { seed, violations } of campaign.failed) {
      total.violations += violations.length;
      console.log(`seed ${seed}: ${violations.join('; ')}`);
    }
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const byKind = [...faults.counts].sort(([, a], [, b]) => b - a);
  for (const [fault, count] of byKind) console.log(`${String(count).padStart(8)}  ${fault}`);
  const perSecond = (total.schedules / seconds).toFixed(1);
  console.log(
    `simulator: ${total.schedules} schedules, each twice (${perSecond} a second), ` +
      `${total.checks} commits checked, ${total.violations} violations`,
  );
  return total.violations === 0;
}
