import type { Params, Result } from '../../core/contract/requests.ts';
import { discardEntry, getEntry } from '../../core/storage/outbox.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import type { Call } from './index.ts';
import { unsubscribeFromPodcast } from './podcast-unsubscribe.ts';

/**
 * A podcast that was never read goes first: killed in between, the entry is there and can be
 * discarded again.
 */
export async function discardOutboxEntry(
  { sequence }: Params<'outbox/discard'>,
  call: Call,
): Promise<Result<'outbox/discard'>> {
  const { context, waitUntil } = call;
  const db = await context.database();
  const entry = await getEntry(db, sequence);
  if (entry?.mutation.kind === 'subscribe') {
    const { podcastId } = entry.mutation;
    const podcast = await getPodcast(db, podcastId);
    if (podcast?.refreshedAt === 0) await unsubscribeFromPodcast({ podcastId }, call);
  }
  await discardEntry(db, sequence);
  waitUntil(context.broadcast({ type: 'outbox/changed' }));
  return {};
}
