import { markArrivals } from '../model/arrival.ts';
import type { Episode } from '../model/episode.ts';
import type { EpisodeId, PodcastId } from '../model/ids.ts';
import type { Podcast } from '../model/podcast.ts';
import { recognise } from '../model/recognise.ts';
import type { Database } from './database.ts';
import { ofPodcast } from './episodes.ts';
import { complete } from './subscriptions.ts';

export function getPodcast(db: Database, id: PodcastId): Promise<Podcast | undefined> {
  return db.get('podcasts', id);
}

/** In no particular order. */
export function listPodcasts(db: Database): Promise<Podcast[]> {
  return db.getAll('podcasts');
}

/** Changes a podcast that is there; one that is gone stays gone. */
export async function changePodcast(
  db: Database,
  id: PodcastId,
  change: Partial<Pick<Podcast, 'refreshedAt' | 'refreshFailure'>>,
): Promise<void> {
  const tx = db.transaction('podcasts', 'readwrite');
  const podcast = await tx.store.get(id);
  if (podcast) await tx.store.put({ ...podcast, ...change });
  await tx.done;
}

export interface PutFeedOptions {
  onlyIfThere?: boolean;
  imported?: string;
  /** With these, an item is looked for under other guids as well; see `recognise`. */
  touched?: ReadonlySet<EpisodeId>;
}

/**
 * Stores a podcast and its episodes in one transaction: a reader sees all of a refresh or none of
 * it. Episodes that the feed no longer lists stay, a download may hang on them, but for those that it
 * lists under another guid. What has come since the last reading is marked with its arrival, and
 * counted in the subscription. Rows that say the same already are not written: that costs some
 * 300 ms for 500 episodes, at each refresh of a host without validators.
 *
 * `imported`: the address under which an import has it. The outcome is noted in the same transaction,
 * and nothing is stored where the import was cancelled meanwhile.
 *
 * Resolves with whether any episode has come or changed.
 */
export async function putFeed(
  db: Database,
  podcast: Podcast,
  episodes: Episode[],
  { onlyIfThere = false, imported, touched }: PutFeedOptions = {},
): Promise<boolean> {
  const stores = ['podcasts', 'episodes', 'subscriptions', 'imports'] as const;
  const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
  const podcasts = tx.objectStore('podcasts');
  const store = tx.objectStore('episodes');
  const before = await podcasts.get(podcast.id);
  const there = before !== undefined;
  if (onlyIfThere && !there) return false;
  if (imported !== undefined) {
    const row = await tx.objectStore('imports').get(imported);
    if (row?.state.kind !== 'waiting') return false;
    const state = { kind: there ? 'there' : 'added', podcastId: podcast.id } as const;
    await tx.objectStore('imports').put({ ...row, state });
  }
  const subscriptions = tx.objectStore('subscriptions');
  const subscription = complete(podcast.id, await subscriptions.get(podcast.id));
  const known = await store.index('byPodcast').getAll(ofPodcast(podcast.id));
  const now = podcast.refreshedAt;
  const marked = markArrivals(known, episodes, { arrivals: subscription.arrivals, now });
  const { arrivals } = marked;
  if (arrivals > subscription.arrivals) await subscriptions.put({ ...subscription, arrivals });
  const found = touched ? recognise(known, marked.episodes, touched) : marked.episodes;
  const rowOf = new Map(known.map((row) => [row.id, row]));
  // Of an item that the feed lists twice the last one counts.
  const listed = new Map(found.map((episode) => [episode.id, episode]));
  const changed = [...listed.values()].filter(
    (episode) => !saysTheSame(episode, rowOf.get(episode.id)),
  );
  const writes = changed.map((episode) => store.put(episode));
  const episodesChangedAt = changed.length > 0 ? now : before?.episodesChangedAt;
  await Promise.all([podcasts.put({ ...podcast, episodesChangedAt }), ...writes, tx.done]);
  return changed.length > 0;
}

/** Both are made by the same code, so their fields stand in the same order. */
function saysTheSame(episode: Episode, row: Episode | undefined): boolean {
  return row !== undefined && JSON.stringify(episode) === JSON.stringify(row);
}

/**
 * The episodes with which somebody has done something: they are asked for, or listened to. Read apart,
 * so that no download waits for the writing of a long feed.
 */
export async function listTouched(db: Database): Promise<Set<EpisodeId>> {
  const tx = db.transaction(['downloads', 'playback']);
  const keys = [tx.objectStore('downloads').getAllKeys(), tx.objectStore('playback').getAllKeys()];
  return new Set((await Promise.all(keys)).flat());
}

/**
 * Removes the podcast's own rows, and with them what the outbox has about it (neither may be there
 * without the other), if its episodes are still these and none of them has a download
 * that is not marked for deletion. Else it removes nothing and resolves with `false`: a refresh has
 * brought another episode, or somebody has asked for one.
 */
export async function deleteFeed(
  db: Database,
  id: PodcastId,
  episodeIds: readonly EpisodeId[],
): Promise<boolean> {
  const stores = [
    'podcasts',
    'subscriptions',
    'episodes',
    'playback',
    'downloads',
    'outbox',
  ] as const;
  const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
  const episodes = tx.objectStore('episodes');
  const known = new Set(episodeIds);
  const now = await episodes.index('byPodcast').getAllKeys(ofPodcast(id));
  const downloads = await tx.objectStore('downloads').getAll();
  const isWanted = downloads.some(
    ({ episodeId, state }) => known.has(episodeId) && state.kind !== 'deleting',
  );
  if (isWanted || now.some((episodeId) => !known.has(episodeId))) {
    await tx.done;
    return false;
  }
  const outbox = tx.objectStore('outbox');
  const entries = (await outbox.getAll()).filter(({ entity }) => entity === id);
  await Promise.all([
    ...entries.map(({ sequence }) => outbox.delete(sequence)),
    tx.objectStore('podcasts').delete(id),
    tx.objectStore('subscriptions').delete(id),
    ...episodeIds.map((episodeId) => episodes.delete(episodeId)),
    ...episodeIds.map((episodeId) => tx.objectStore('playback').delete(episodeId)),
    tx.done,
  ]);
  return true;
}
