import '../../worker-globals.ts';
import { OutboxCampaign } from './outbox-seeds.ts';
import { outboxScheduleOf } from './schedule.ts';
import { simulateOutbox } from './simulate-outbox.ts';

/** The seeds that `npm test` runs are below this one. */
const FIRST_NEW_SEED = 1_000_000;

/**
 * Schedule after schedule with seeds that nobody has tried, until so many mutations were kept or so
 * many minutes are over; or the one that is given, with its trace. Resolves with whether everything
 * held, after a report of what was tried.
 */
export async function tortureOutbox({
  mutations,
  minutes,
  seed,
}: {
  mutations: number;
  minutes: number;
  seed: number | undefined;
}): Promise<boolean> {
  // What nobody waits for any more fails in a world that is over.
  process.on('unhandledRejection', (error) => console.error('in a world that is over:', error));
  if (seed !== undefined) return replay(seed);
  const startedAt = performance.now();
  const isOver = () => performance.now() - startedAt >= minutes * 60_000;
  const campaign = new OutboxCampaign();
  for (
    let next = FIRST_NEW_SEED + Math.floor(Math.random() * 1e9);
    campaign.mutations < mutations && !isOver();
    next += 1
  ) {
    await campaign.run(next);
  }
  const byKind = [...campaign.faults.counts].sort(([, a], [, b]) => b - a);
  for (const [fault, count] of byKind) console.log(`${String(count).padStart(8)}  ${fault}`);
  for (const failure of campaign.failures) console.log(failure);
  console.log(campaign.report);
  return campaign.failed.length === 0;
}

async function replay(seed: number): Promise<boolean> {
  const schedule = outboxScheduleOf(seed);
  const { trace, traceDigest, violations } = await simulateOutbox(schedule, { keepsTrace: true });
  console.log(JSON.stringify(schedule, undefined, 1));
  console.log(trace);
  console.log(`${traceDigest}; ${violations.length} violations`);
  for (const violation of violations) console.log(violation);
  return violations.length === 0;
}
