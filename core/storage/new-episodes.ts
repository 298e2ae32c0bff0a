import type { Episode } from '../model/episode.ts';
import type { PodcastId } from '../model/ids.ts';
import { hasNew, type Subscription } from '../model/subscription.ts';
import type { Database } from './database.ts';
import { listSubscriptions } from './subscriptions.ts';

/** How many episodes of each podcast have come that nobody has looked at; podcasts without are left out. */
export async function countNew(db: Database): Promise<Map<PodcastId, number>> {
  const counts = new Map<PodcastId, number>();
  for (const subscription of (await listSubscriptions(db)).values()) {
    if (!hasNew(subscription)) continue;
    const count = await db.countFromIndex('episodes', 'byArrival', unseen(subscription));
    if (count > 0) counts.set(subscription.podcastId, count);
  }
  return counts;
}

/** Those of one podcast, the last to come first. */
export async function listNew(
  db: Database,
  subscription: Subscription,
  limit: number,
): Promise<Episode[]> {
  const episodes: Episode[] = [];
  const index = db.transaction('episodes').store.index('byArrival');
  let cursor = await index.openCursor(unseen(subscription), 'prev');
  while (cursor && episodes.length < limit) {
    episodes.push(cursor.value);
    cursor = await cursor.continue();
  }
  return episodes;
}

function unseen({ podcastId, seen }: Subscription): IDBKeyRange {
  return arrivedAfter(podcastId, seen);
}

export function arrivedAfter(podcastId: PodcastId, arrival: number): IDBKeyRange {
  return IDBKeyRange.bound([podcastId, arrival], [podcastId, Number.POSITIVE_INFINITY], true);
}
