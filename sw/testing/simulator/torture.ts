import '../worker-globals.ts';
import { aNewSeed } from './campaign.ts';
import { scheduleOf } from './schedule.ts';
import { downloadsCampaign } from './simulate-seeds.ts';

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
  const campaign = downloadsCampaign();
  if (seed !== undefined) return campaign.replay(seed, scheduleOf(seed));
  const startedAt = performance.now();
  const isOver = () => performance.now() - startedAt >= minutes * 60_000;
  for (let next = aNewSeed(); !isOver(); next += 1) await campaign.run(next);
  campaign.print();
  const { schedules, checks, failed } = campaign;
  const perSecond = ((schedules * 1000) / (performance.now() - startedAt)).toFixed(1);
  const violations = failed.reduce((sum, it) => sum + it.violations.length, 0);
  console.log(
    `simulator: ${schedules} schedules, each twice (${perSecond} a second), ` +
      `${checks} commits checked, ${violations} violations`,
  );
  return violations === 0;
}
