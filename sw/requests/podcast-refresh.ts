import type { Params, Result } from '../../core/contract/requests.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import { changePodcast, getPodcast } from '../../core/storage/podcasts.ts';
import { fetchFeed } from '../feeds/fetch-feed.ts';
import { storeFeed } from '../feeds/store-feed.ts';
import type { Call } from './index.ts';

/** Reads the feed again. A failure is kept on the row beside what was there, and loses nothing. */
export async function refreshPodcast(
  { podcastId }: Params<'podcast/refresh'>,
  { context, waitUntil }: Call,
): Promise<Result<'podcast/refresh'>> {
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
  waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [podcastId] }));
  return outcome.ok ? succeeded({ changed }) : outcome;
}
