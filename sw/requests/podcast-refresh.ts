import type { Params, Result } from '../../core/contract/requests.ts';
import { followUp } from '../feeds/follow-up.ts';
import { refreshFeed } from '../feeds/refresh-podcast.ts';
import type { Call } from './index.ts';

export async function refreshPodcast(
  { podcastId }: Params<'podcast/refresh'>,
  { context, waitUntil }: Call,
): Promise<Result<'podcast/refresh'>> {
  const outcome = await refreshFeed(context, podcastId);
  waitUntil(followUp(context));
  waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [podcastId] }));
  return outcome;
}
