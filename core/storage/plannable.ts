import type { IDBPTransaction } from 'idb';
import type { AutoDownload } from '../model/auto-download.ts';
import type { Episode } from '../model/episode.ts';
import type { PodcastId } from '../model/ids.ts';
import { type Plannable, planAutoDownloads } from '../model/plan-auto-downloads.ts';
import type { Database } from './database.ts';
import { ofPodcast } from './episodes.ts';
import { arrivedAfter } from './new-episodes.ts';
import type { StowawaySchema } from './schema.ts';

/** What a plan is made of, and what it is written to. */
export const PLAN_STORES = ['podcasts', 'subscriptions', 'episodes', 'downloads'] as const;

/** So far back, nothing is looked for that could be taken. */
const LOOKED_AT = 200;

/** What would be taken if these rules were switched on now. */
export async function previewAutoDownloads(
  db: Database,
  podcastId: PodcastId,
  rules: AutoDownload,
): Promise<Episode[]> {
  // A page opens whatever version is there: it may be newer than the database of an old worker.
  if (!db.objectStoreNames.contains('subscriptions')) return [];
  const tx = db.transaction(PLAN_STORES);
  const episodes = await readPlannable(tx, podcastId, null);
  const byId = new Map(episodes.map((episode) => [episode.id, episode]));
  return planAutoDownloads({ ...rules, on: true }, null, episodes).flatMap(
    (id) => byId.get(id) ?? [],
  );
}

/** The episodes that have not been decided about, and whether each was ever asked for. */
export async function readPlannable<Mode extends IDBTransactionMode>(
  tx: IDBPTransaction<StowawaySchema, typeof PLAN_STORES, Mode>,
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
