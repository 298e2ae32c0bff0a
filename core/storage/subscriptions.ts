import type { PodcastId } from '../model/ids.ts';
import { freshSubscription, type Subscription } from '../model/subscription.ts';
import type { Database } from './database.ts';

/** Only those of which there is something to say; `freshSubscription` is what holds of all others. */
export async function listSubscriptions(
  db: Database,
): Promise<ReadonlyMap<PodcastId, Subscription>> {
  const rows = isThere(db) ? await db.getAll('subscriptions') : [];
  return new Map(rows.map((row) => [row.podcastId, complete(row.podcastId, row)]));
}

/**
 * Changes what is known of these podcasts, all in one strict transaction; of one that is gone
 * nothing is written. Resolves with the ids of those that are another than before.
 */
export async function changeSubscriptions(
  db: Database,
  ids: readonly PodcastId[],
  change: (subscription: Subscription) => Subscription,
): Promise<PodcastId[]> {
  const tx = db.transaction(['podcasts', 'subscriptions'], 'readwrite', { durability: 'strict' });
  const store = tx.objectStore('subscriptions');
  const changed: PodcastId[] = [];
  for (const id of ids) {
    if ((await tx.objectStore('podcasts').getKey(id)) === undefined) continue;
    const before = complete(id, await store.get(id));
    const after = change(before);
    if (after === before) continue;
    await store.put(after);
    changed.push(id);
  }
  await tx.done;
  return changed;
}

/** A row that an earlier version wrote does not have what came later. */
export function complete(id: PodcastId, row: Subscription | undefined): Subscription {
  return { ...freshSubscription(id), ...row };
}

/** A page opens whatever version is there: it may be newer than the database of an old worker. */
function isThere(db: Database): boolean {
  return db.objectStoreNames.contains('subscriptions');
}
