import { failed, type Outcome, succeeded } from '../../core/model/failure.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import { changePodcast, getPodcast } from '../../core/storage/podcasts.ts';
import type { WorkerContext } from '../context.ts';
import { fetchFeed } from './fetch-feed.ts';
import { storeFeed } from './store-feed.ts';

/**
 * Reads the feed again. A failure is kept on the row beside what was there, and loses nothing. The
 * caller tells the pages.
 */
export async function refreshFeed(
  context: WorkerContext,
  podcastId: PodcastId,
): Promise<Outcome<{ changed: boolean }>> {
  const db = await context.database();
  const podcast = await getPodcast(db, podcastId);
  if (!podcast) return failed({ code: 'unexpected', detail: 'no such podcast' });
  const { feedUrl: url, etag, lastModified } = podcast;
  const fetched = await fetchFeed(context, {
    url,
    ...(etag && { etag }),
    ...(lastModified && { lastModified }),
  });
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
