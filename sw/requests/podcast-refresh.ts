import type { Params, Result } from '../../core/contract/requests.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import { discardEntries, listEntriesOf } from '../../core/storage/outbox.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import { judgeHost } from '../downloads/judge-host.ts';
import { refreshFeed } from '../feeds/refresh-podcast.ts';
import { accept, isForLater } from '../outbox/accept.ts';
import type { Call } from './index.ts';

export async function refreshPodcast(
  { podcastId }: Params<'podcast/refresh'>,
  { context, waitUntil }: Call,
): Promise<Result<'podcast/refresh'>> {
  const db = await context.database();
  const kept = await listEntriesOf(db, podcastId);
  const outcome = context.isOnline() ? await refreshFeed(context, podcastId) : undefined;
  waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [podcastId] }));
  if (outcome?.ok) {
    // What was kept from before is done by this.
    await discardEntries(db, kept);
    waitUntil(context.broadcast({ type: 'outbox/changed' }));
    waitUntil(judgeHost(context, podcastId).catch(context.report));
    return succeeded({ ...outcome.value, waits: false });
  }
  if (outcome && !isForLater(outcome.failure)) return failed(outcome.failure);
  // A tab that has not heard yet that it is gone.
  if (!(await getPodcast(db, podcastId)))
    return failed({ code: 'unexpected', detail: 'no podcast' });
  await accept(context, { kind: 'refresh', podcastId });
  return succeeded({ changed: false, waits: true });
}
