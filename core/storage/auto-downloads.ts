import type { PodcastId } from '../model/ids.ts';
import { planAutoDownloads } from '../model/plan-auto-downloads.ts';
import type { SubscriptionChange } from '../model/subscription.ts';
import type { Database } from './database.ts';
import { type Changed, queueAbsent } from './downloads.ts';
import { PLAN_STORES, readPlannable } from './plannable.ts';
import { complete } from './subscriptions.ts';

/**
 * Decides about the episodes of a podcast that nobody has decided about, and queues what it takes,
 * in one strict transaction: each episode is decided about once, however often and from how many
 * sides this is called. `change` is what a person has decided just now.
 */
export async function decideAutoDownloads(
  db: Database,
  podcastId: PodcastId,
  change?: SubscriptionChange,
): Promise<Changed[]> {
  const tx = db.transaction(PLAN_STORES, 'readwrite', { durability: 'strict' });
  const subscriptions = tx.objectStore('subscriptions');
  if ((await tx.objectStore('podcasts').getKey(podcastId)) === undefined) return [];
  const before = complete(podcastId, await subscriptions.get(podcastId));
  const after = { ...before, ...change };
  const { autoDownload: rules, arrivals } = after;
  // Switched on: what is there has not been decided about.
  const decided = before.autoDownload.on ? before.decided : null;
  const taken: Changed[] = [];
  const isOpen = rules.on && (decided === null || decided < arrivals);
  if (isOpen) {
    const episodes = await readPlannable(tx, podcastId, decided);
    for (const episodeId of planAutoDownloads(rules, decided, episodes)) {
      const { onlyUnmetered } = rules;
      taken.push(...(await queueAbsent(tx.objectStore('downloads'), episodeId, { onlyUnmetered })));
    }
  }
  if (isOpen || change) {
    await subscriptions.put({ ...after, decided: isOpen ? arrivals : after.decided });
  }
  await tx.done;
  return taken;
}
