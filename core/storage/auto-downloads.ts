import type { IDBPTransaction } from 'idb';
import { type AutoDownload, type Plannable, planAutoDownloads } from '../model/auto-download.ts';
import type { Episode } from '../model/episode.ts';
import type { PodcastId } from '../model/ids.ts';
import type { SubscriptionChange } from '../model/subscription.ts';
import type { Database } from './database.ts';
import { type Changed, queueAbsent } from './downloads.ts';
import { ofPodcast } from './episodes.ts';
import { arrivedAfter } from './new-episodes.ts';
import type { StowawaySchema } from './schema.ts';
import { complete } from './subscriptions.ts';

const STORES = ['podcasts', 'subscriptions', 'episodes', 'downloads'] as const;

/** So far back, nothing is looked for that could be taken. */
const LOOKED_AT = 200;

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
  const tx = db.transaction(STORES, 'readwrite', { durability: 'strict' });
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

/** What would be taken if these rules were switched on now. */
export async function previewAutoDownloads(
  db: Database,
  podcastId: PodcastId,
  rules: AutoDownload,
): Promise<Episode[]> {
  // A page opens whatever version is there: it may be newer than the database of an old worker.
  if (!db.objectStoreNames.contains('subscriptions')) return [];
  const tx = db.transaction(STORES);
  const episodes = await readPlannable(tx, podcastId, null);
  const byId = new Map(episodes.map((episode) => [episode.id, episode]));
  return planAutoDownloads({ ...rules, on: true }, null, episodes).flatMap(
    (id) => byId.get(id) ?? [],
  );
}

async function readPlannable<Mode extends IDBTransactionMode>(
  tx: IDBPTransaction<StowawaySchema, typeof STORES, Mode>,
  podcastId: PodcastId,
  decided: number | null,
): Promise<(Episode & Plannable)[]> {
  const store = tx.objectStore('episodes');
  let cursor =
    decided === null
      ? await store.index('byPodcast').openCursor(ofPodcast(podcastId), 'prev')
      : await store.index('byArrival').openCursor(arrivedAfter(podcastId, decided), 'prev');
  const episodes: (Episode & Plannable)[] = [];
  while (cursor && episodes.length < LOOKED_AT) {
    const asked = await tx.objectStore('downloads').getKey(cursor.value.id);
    episodes.push({ ...cursor.value, isHere: asked !== undefined });
    cursor = await cursor.continue();
  }
  return episodes;
}
