import { failed, succeeded } from '../../core/model/failure.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import { changePodcast, getPodcast } from '../../core/storage/podcasts.ts';
import type { WorkerContext } from '../context.ts';
import type { Refusal } from '../outbox/delivery.ts';
import { fetchFeed } from './fetch-feed.ts';
import { storeFeed } from './store-feed.ts';

/**
 * Reads the feed again. A failure is kept on the row beside what was there, and loses nothing. The
 * caller tells the pages. `idempotencyKey`: of the outbox's entry, where this is a delivery.
 */
export async function refreshFeed(
  context: WorkerContext,
  podcastId: PodcastId,
  idempotencyKey?: string,
): Promise<{ ok: true; value: { changed: boolean } } | Refusal> {
  const db = await context.database();
  const podcast = await getPodcast(db, podcastId);
  if (!podcast) return failed({ code: 'unexpected', detail: 'no such podcast' });
  const { feedUrl: url, etag, lastModified } = podcast;
  const request = { url, ...(etag && { etag }), ...(lastModified && { lastModified }) };
  const fetched = await fetchFeed(context, request, idempotencyKey);
  const changed = fetched.ok && fetched.value !== 'not-modified';
  const outcome =
    fetched.ok && fetched.value !== 'not-modified'
      ? await storeFeed(context, podcastId, fetched.value, podcast.addedAt, { onlyIfThere: true })
      : fetched;
  await changePodcast(db, podcastId, {
    refreshFailure: outcome.ok ? undefined : outcome.failure,
    ...(outcome.ok && { refreshedAt: context.now() }),
  });
  return outcome.ok ? succeeded({ changed }) : outcome;
}
