import { failed, type Outcome, succeeded } from '../../core/model/failure.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import { listPodcasts } from '../../core/storage/podcasts.ts';
import type { WorkerContext } from '../context.ts';
import { accept, isForLater } from '../outbox/accept.ts';
import { fetchFeed } from './fetch-feed.ts';
import { podcastIdOf } from './identify.ts';
import { storeFeed } from './store-feed.ts';
import { waitingPodcast } from './waiting-podcast.ts';

/**
 * Nothing is written until the feed has been read to its end: a failed subscription leaves nothing
 * behind. Without a network it is accepted, and the podcast waits for its feed. Subscribing to what is
 * there already answers with the podcast that is there. The caller tells the pages.
 * @param url as `readPodcastAddress` gives it
 * @param options.imported see `putFeed`; such a feed is no matter of the outbox
 */
export async function subscribeToFeed(
  context: WorkerContext,
  url: string,
  options: { imported?: string } = {},
): Promise<Outcome<PodcastId>> {
  const isImported = options.imported !== undefined;
  const podcasts = await listPodcasts(await context.database());
  const existing = podcasts.find((podcast) => podcast.feedUrl === url);
  if (existing) return succeeded(existing.id);

  const fetched = context.isOnline() || isImported ? await fetchFeed(context, { url }) : undefined;
  if (!fetched || (!isImported && !fetched.ok && isForLater(fetched.failure))) {
    const podcastId = await podcastIdOf(url);
    const podcast = waitingPodcast(podcastId, url, context.now());
    await accept(context, { kind: 'subscribe', podcastId }, podcast);
    return succeeded(podcastId);
  }
  if (!fetched.ok) return fetched;
  // Only an answer to a validator can be "not modified", and we sent none.
  if (fetched.value === 'not-modified') return failed({ code: 'gateway-unreachable' });
  const { feedUrl } = fetched.value;
  const newId = await podcastIdOf(feedUrl);
  // The same feed under the address that it has moved to, or had before.
  const known = podcasts.find((podcast) => podcast.id === newId || podcast.feedUrl === feedUrl);
  const id = known?.id ?? newId;
  const addedAt = known?.addedAt ?? context.now();
  const stored = await storeFeed(context, id, fetched.value, addedAt, options);
  return stored.ok ? succeeded(id) : stored;
}
