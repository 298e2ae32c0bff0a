import type { Podcast } from '../../core/model/podcast.ts';
import type { Subscription } from '../../core/model/subscription.ts';
import { countNew, listNew } from '../../core/storage/new-episodes.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import { getSettings } from '../../core/storage/settings.ts';
import { changeSubscriptions, listSubscriptions } from '../../core/storage/subscriptions.ts';
import type { WorkerContext } from '../context.ts';
import { windowsOf } from '../windows.ts';

/** One notification for all: with the same tag the next takes the place of the last. */
const TAG = 'new-episodes';
/** A notification has room for a few lines. */
const MAX_LINES = 5;

/**
 * Tells of episodes that have come, if the person wants to hear of them: the badge counts all that
 * nobody has looked at, and one notification names them where the browser lets us and no window of
 * the app can be seen. Said first and noted then: a worker that dies in between says the same again,
 * in the same place.
 */
export async function announceNew(context: WorkerContext): Promise<void> {
  const db = await context.database();
  const subscriptions = [...(await listSubscriptions(db)).values()];
  const untold = subscriptions.filter(({ arrivals, announced }) => arrivals > announced);
  if (untold.length === 0) return;
  if ((await getSettings(db))?.announceNew) {
    await showBadge(context);
    // Looked at before the notification came, or not to be told of.
    const worthy = untold.some((it) => it.announce && it.arrivals > it.seen);
    if (worthy && (await mayNotify(context))) await notify(context, subscriptions);
  }
  // Also where nobody was told: what is old by the time that somebody wants to hear is not news.
  const ids = untold.map(({ podcastId }) => podcastId);
  const told = new Map(untold.map(({ podcastId, arrivals }) => [podcastId, arrivals]));
  await changeSubscriptions(db, ids, (row) => ({
    ...row,
    announced: Math.max(row.announced, told.get(row.podcastId) ?? 0),
  }));
}

/** Somebody has looked: what is left to be told of, or nothing. */
export async function hushNew(context: WorkerContext): Promise<void> {
  const left = await showBadge(context);
  if (left > 0) return;
  for (const standing of await context.registration.getNotifications({ tag: TAG }))
    standing.close();
}

/** Resolves with the number that it shows. */
export async function showBadge(context: WorkerContext): Promise<number> {
  const db = await context.database();
  const subscriptions = await listSubscriptions(db);
  const isWanted = (await getSettings(db))?.announceNew;
  let count = 0;
  for (const [podcastId, episodes] of await countNew(db)) {
    if (isWanted && subscriptions.get(podcastId)?.announce) count += episodes;
  }
  await context.showBadge(count);
  return count;
}

async function mayNotify(context: WorkerContext): Promise<boolean> {
  if (context.notificationPermission() !== 'granted') return false;
  const windows = await windowsOf(context);
  return !windows.some(({ visibilityState }) => visibilityState === 'visible');
}

async function notify(context: WorkerContext, subscriptions: Subscription[]): Promise<void> {
  const db = await context.database();
  const counts = await countNew(db);
  const groups: { podcast: Podcast; titles: string[]; count: number }[] = [];
  for (const subscription of subscriptions) {
    const count = counts.get(subscription.podcastId);
    const podcast = await getPodcast(db, subscription.podcastId);
    if (!count || !podcast || !subscription.announce) continue;
    const titles = (await listNew(db, subscription, MAX_LINES)).map(({ title }) => title);
    groups.push({ podcast, titles, count });
  }
  const [only, ...others] = groups;
  if (!only) return;
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const title = count === 1 ? `New: ${only.titles[0]}` : `${count} new episodes`;
  const lines =
    others.length === 0
      ? [only.podcast.title, ...(count === 1 ? [] : only.titles)]
      : groups.map((group) => `${group.podcast.title}: ${group.count} new`);
  await context.registration.showNotification(title, {
    tag: TAG,
    body: lines.slice(0, MAX_LINES).join('\n'),
    icon: new URL('icons/pwa-192.png', context.baseUrl).href,
    data: { destination: 'episodes' },
  });
}
