import type { Params, Result } from '../../core/contract/requests.ts';
import { readPodcastAddress } from '../../core/feed/address.ts';
import { failed } from '../../core/model/failure.ts';
import { subscribeToFeed } from '../feeds/subscribe.ts';
import type { Call } from './index.ts';

export async function subscribeToPodcast(
  { address }: Params<'podcast/subscribe'>,
  { context, waitUntil }: Call,
): Promise<Result<'podcast/subscribe'>> {
  const url = readPodcastAddress(address);
  if (!url) return failed({ code: 'address-invalid' });
  const outcome = await subscribeToFeed(context, url);
  if (outcome.ok) {
    waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [outcome.value] }));
  }
  return outcome;
}
