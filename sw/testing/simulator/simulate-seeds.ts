import { Campaign } from './campaign.ts';
import { scheduleOf } from './schedule.ts';
import { simulate } from './simulate.ts';

export function downloadsCampaign(): Campaign {
  return new Campaign((seed, options) => simulate(scheduleOf(seed), options), 'npm run torture --');
}

/** Runs one schedule per seed, every `twiceEvery`-th twice. */
export async function simulateSeeds(
  first: number,
  count: number,
  twiceEvery: number,
): Promise<Campaign> {
  const campaign = downloadsCampaign();
  for (let seed = first; seed < first + count; seed += 1) {
    await campaign.run(seed, seed % twiceEvery === 0);
  }
  return campaign;
}
