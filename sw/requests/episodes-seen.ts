import type { Params, Result } from '../../core/contract/requests.ts';
import { hasNew } from '../../core/model/subscription.ts';
import { changeSubscriptions, listSubscriptions } from '../../core/storage/subscriptions.ts';
import { hushNew } from '../feeds/announce-new.ts';
import type { Call } from './index.ts';

/** Somebody has looked at the episodes of one podcast, or of all: they are new no more. */
export async function markEpisodesSeen(
  { podcastId }: Params<'episodes/seen'>,
  { context, waitUntil }: Call,
): Promise<Result<'episodes/seen'>> {
  const db = await context.database();
  const ids = podcastId === null ? [...(await listSubscriptions(db)).keys()] : [podcastId];
  const podcastIds = await changeSubscriptions(db, ids, (row) =>
    hasNew(row) ? { ...row, seen: row.arrivals } : row,
  );
  if (podcastIds.length > 0) {
    waitUntil(hushNew(context));
    waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds }));
  }
  return {};
}
