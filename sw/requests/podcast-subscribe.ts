import type { Params, Result } from '../../core/contract/requests.ts';
import { readPodcastAddress } from '../../core/feed/address.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import { listPodcasts } from '../../core/storage/podcasts.ts';
import { fetchFeed } from '../feeds/fetch-feed.ts';
import { podcastIdOf } from '../feeds/identify.ts';
import { storeFeed } from '../feeds/store-feed.ts';
import { waitingPodcast } from '../feeds/waiting-podcast.ts';
import { accept, isForLater } from '../outbox/accept.ts';
import type { Call } from './index.ts';

/**
 * Nothing is written until the feed has been read to its end: a failed subscription leaves nothing
 * behind. Without a network it is accepted, and the podcast waits for its feed. Subscribing to what is
 * there already answers with the podcast that is there.
 */
export async function subscribeToPodcast(
  { address }: Params<'podcast/subscribe'>,
  { context, waitUntil }: Call,
): Promise<Result<'podcast/subscribe'>> {
  const url = readPodcastAddress(address);
  if (!url) return failed({ code: 'address-invalid' });
  const podcasts = await listPodcasts(await context.database());
  const existing = podcasts.find((podcast) => podcast.feedUrl === url);
  if (existing) return succeeded(existing.id);

  const fetched = context.isOnline() ? await fetchFeed(context, { url }) : undefined;
  if (!fetched || (!fetched.ok && isForLater(fetched.failure))) {
    const podcastId = await podcastIdOf(url);
    const podcast = waitingPodcast(podcastId, url, context.now());
    await accept(context, { kind: 'subscribe', podcastId }, podcast);
    waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [podcastId] }));
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
  const stored = await storeFeed(context, id, fetched.value, known?.addedAt ?? context.now());
  if (!stored.ok) return stored;
  waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [id] }));
  return succeeded(id);
}
