import type { Params, Result } from '../../core/contract/requests.ts';
import { succeeded } from '../../core/model/failure.ts';
import { refreshFeed } from '../feeds/refresh-podcast.ts';
import { accept, isForLater } from '../outbox/accept.ts';
import type { Call } from './index.ts';

export async function refreshPodcast(
  { podcastId }: Params<'podcast/refresh'>,
  { context, waitUntil }: Call,
): Promise<Result<'podcast/refresh'>> {
  const outcome = context.isOnline() ? await refreshFeed(context, podcastId) : undefined;
  waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [podcastId] }));
  if (outcome?.ok) return succeeded({ ...outcome.value, waits: false });
  if (outcome && !isForLater(outcome.failure)) return outcome;
  await accept(context, { kind: 'refresh', podcastId });
  return succeeded({ changed: false, waits: true });
}
