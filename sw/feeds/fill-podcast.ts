import { failed } from '../../core/model/failure.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import type { Podcast } from '../../core/model/podcast.ts';
import {
  changePodcast,
  deleteFeed,
  getPodcast,
  listPodcasts,
} from '../../core/storage/podcasts.ts';
import type { WorkerContext } from '../context.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { fetchFeed } from './fetch-feed.ts';
import { podcastIdOf } from './identify.ts';
import { storeFeed } from './store-feed.ts';

/**
 * Reads the feed of a podcast that was subscribed to without a network. Its row is there, and stays
 * where the feed cannot be read. One that is gone was unsubscribed meanwhile: nothing is left to do.
 */
export async function fillPodcast(
  context: WorkerContext,
  podcastId: PodcastId,
  idempotencyKey: string,
): Promise<Delivery> {
  const db = await context.database();
  const podcast = await getPodcast(db, podcastId);
  if (!podcast) return { ok: true };
  const delivery = await fill(context, podcast, idempotencyKey);
  if (!delivery.ok) await changePodcast(db, podcastId, { refreshFailure: delivery.failure });
  await context.broadcast({ type: 'podcasts/changed', podcastIds: [podcastId] });
  return delivery;
}

async function fill(
  context: WorkerContext,
  { id: waitingId, feedUrl: url, addedAt }: Podcast,
  idempotencyKey: string,
): Promise<Delivery> {
  const db = await context.database();
  const fetched = await fetchFeed(context, { url }, idempotencyKey);
  if (!fetched.ok) return fetched;
  // Only an answer to a validator can be "not modified", and we sent none.
  if (fetched.value === 'not-modified') return failed({ code: 'gateway-unreachable' });
  const { feedUrl } = fetched.value;
  const idThere = await podcastIdOf(feedUrl);
  // The address may have led to a feed that is here already.
  const twin = (await listPodcasts(db)).find(
    ({ id, feedUrl: other }) => id !== waitingId && (id === idThere || other === feedUrl),
  );
  if (twin) await deleteFeed(db, waitingId, []);
  const { id, addedAt: since } = twin ?? { id: waitingId, addedAt };
  return storeFeed(context, id, fetched.value, since, { onlyIfThere: true });
}
