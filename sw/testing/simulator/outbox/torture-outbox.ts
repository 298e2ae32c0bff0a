import '../../worker-globals.ts';
import { aNewSeed } from '../campaign.ts';
import { OutboxCampaign } from './outbox-seeds.ts';
import { outboxScheduleOf } from './schedule.ts';

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
  const campaign = new OutboxCampaign();
  if (seed !== undefined) return campaign.replay(seed, outboxScheduleOf(seed));
  const startedAt = performance.now();
  const isOver = () => performance.now() - startedAt >= minutes * 60_000;
  for (let next = aNewSeed(); campaign.mutations < mutations && !isOver(); next += 1) {
    await campaign.run(next);
  }
  campaign.print();
  console.log(campaign.report);
  return campaign.failed.length === 0;
}
