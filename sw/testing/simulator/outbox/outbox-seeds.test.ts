import { expect, it } from 'vitest';
import { OutboxCampaign } from './outbox-seeds.ts';

it('5,000 mutations under faults: lost 0, doubled 0, reordered within an entity 0 (I14, I15)', async () => {
  const campaign = new OutboxCampaign();
  for (let seed = 1; campaign.mutations < 5_000; seed += 1) await campaign.run(seed);
  expect(campaign.failures).toEqual([]);
  expect(campaign.delivered).toBeGreaterThan(4_000);
  // Everything that can go wrong here has gone wrong.
  expect(campaign.faults.counts.size).toBeGreaterThan(24);
}, 900_000);
