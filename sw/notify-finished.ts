import * as v from 'valibot';
import type { EpisodeId } from '../core/model/ids.ts';
import { getEpisode } from '../core/storage/episodes.ts';
import { getPodcast } from '../core/storage/podcasts.ts';
import { getSettings } from '../core/storage/settings.ts';
import type { WorkerContext } from './context.ts';
import { windowsOf } from './windows.ts';

/** One notification for all that finish while nobody looks: with the same tag the next replaces it. */
const TAG = 'downloads-finished';

const dataSchema = v.object({ titles: v.array(v.string()) });

/**
 * Says that an episode is here, if the person wants to hear of it, the browser lets us, and no
 * window of the app can be seen. A hint like any other: one that is lost is no loss.
 */
export async function notifyFinished(context: WorkerContext, episodeId: EpisodeId): Promise<void> {
  if (context.notificationPermission() !== 'granted') return;
  const db = await context.database();
  if (!(await getSettings(db))?.notifyFinished) return;
  const windows = await windowsOf(context);
  if (windows.some(({ visibilityState }) => visibilityState === 'visible')) return;
  const episode = await getEpisode(db, episodeId);
  if (!episode) return;
  const { registration, baseUrl } = context;
  const standing = await registration.getNotifications({ tag: TAG });
  const titles = [...standing.flatMap(titlesOf), episode.title];
  const podcast = await getPodcast(db, episode.podcastId);
  await registration.showNotification(
    titles.length === 1 ? `Downloaded: ${episode.title}` : `Downloaded: ${titles.length} episodes`,
    {
      tag: TAG,
      body: titles.length === 1 ? (podcast?.title ?? '') : titles.join('\n'),
      icon: new URL('icons/pwa-192.png', baseUrl).href,
      data: { destination: 'downloads', titles },
    },
  );
}

function titlesOf({ data }: Notification): string[] {
  return v.is(dataSchema, data) ? data.titles : [];
}
