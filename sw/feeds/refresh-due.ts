import type { Podcast } from '../../core/model/podcast.ts';
import { listPodcasts } from '../../core/storage/podcasts.ts';
import type { WorkerContext } from '../context.ts';
import type { WorkedOff } from '../wake-ups.ts';
import { refreshFeed } from './refresh-podcast.ts';

/** A podcast that was read more recently is left in peace. */
const DUE_AFTER_MS = 6 * 60 * 60_000;
/** One feed may take this long, so none is begun when less is left. */
const ONE_FEED_MS = 60_000;
const AT_ONCE = 3;

/**
 * Refreshes the podcasts that are due, those that have waited longest first, and begins none when
 * `until` (ms since 1970) is near. One whose host fails keeps its reason on its row, and is due
 * again at the next call.
 */
export async function refreshDue(context: WorkerContext, until: number): Promise<WorkedOff> {
  const podcasts = await listPodcasts(await context.database());
  const now = context.now();
  const due = podcasts
    .filter((podcast) => isDue(podcast, now))
    .sort((one, other) => one.refreshedAt - other.refreshedAt);
  const refreshNext = async () => {
    while (context.isOnline() && context.now() + ONE_FEED_MS <= until) {
      const podcast = due.shift();
      if (!podcast) return;
      // One that breaks in a way that nobody foresaw does not keep the others waiting.
      await refreshFeed(context, podcast.id).catch(context.report);
      await context.broadcast({ type: 'podcasts/changed', podcastIds: [podcast.id] });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, refreshNext));
  return due.length === 0 ? 'done' : 'left';
}

/** A clock that was set back must not keep a podcast from being read for years. */
function isDue({ refreshedAt }: Podcast, now: number): boolean {
  return Math.abs(now - refreshedAt) >= DUE_AFTER_MS;
}
