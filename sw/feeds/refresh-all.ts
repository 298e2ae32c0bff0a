import type { RefreshStep } from '../../core/contract/requests.ts';
import { isDue, nextBatch } from '../../core/model/refresh-order.ts';
import { freshSubscription } from '../../core/model/subscription.ts';
import { listPodcasts } from '../../core/storage/podcasts.ts';
import { listSubscriptions } from '../../core/storage/subscriptions.ts';
import type { WorkerContext } from '../context.ts';
import { followUp } from './follow-up.ts';
import { refreshFeeds } from './refresh-podcast.ts';

/**
 * Refreshes podcasts, many in one request, and begins no request after `until` (ms since 1970).
 * `since`: all that were not read since then; `null`: those whose time has come. What a worker left
 * undecided that died between a feed and its consequences is decided first.
 */
export async function refreshPodcasts(
  context: WorkerContext,
  { since, until }: { since: number | null; until: number },
): Promise<RefreshStep> {
  // Steps that come together share one, and each looks at what it has left for itself.
  const { changed, failed } = await context.running.join('refresh', (stop) =>
    step(context, since, () => !stop.aborted && context.isOnline() && context.now() <= until),
  );
  return { left: (await listDue(context, since)).length, changed, failed };
}

async function step(context: WorkerContext, since: number | null, mayBegin: () => boolean) {
  const answered = { changed: 0, failed: 0 };
  await followUp(context).catch(context.report);
  while (mayBegin()) {
    const batch = nextBatch(await listDue(context, since));
    if (batch.length === 0) break;
    const podcasts = batch.map(({ podcast }) => podcast);
    const refreshed = await refreshFeeds(context, podcasts, { mayBegin });
    const outcomes = [...refreshed.values()];
    answered.failed += outcomes.filter(({ ok }) => !ok).length;
    answered.changed += outcomes.filter((it) => it.ok && it.value.changed).length;
    await context.broadcast({ type: 'podcasts/changed', podcastIds: [...refreshed.keys()] });
    await followUp(context).catch(context.report);
    // None of them was answered, so asking on would ask the same ones.
    if (refreshed.size === 0) break;
  }
  return answered;
}

async function listDue(context: WorkerContext, since: number | null) {
  const db = await context.database();
  const now = context.now();
  const subscriptions = await listSubscriptions(db);
  // One that was never read waits in the outbox for its first time.
  return (await listPodcasts(db))
    .filter(({ refreshedAt }) => refreshedAt > 0)
    .map((podcast) => ({
      podcast,
      subscription: subscriptions.get(podcast.id) ?? freshSubscription(podcast.id),
    }))
    .filter((candidate) => isDue(candidate, { since, now }));
}
