import { type AutoDownload, NO_AUTO_DOWNLOAD } from '../../../core/model/auto-download.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import { listDownloads } from '../../../core/storage/downloads.ts';
import { getEpisode, listNewestEpisodes } from '../../../core/storage/episodes.ts';
import { aPodcast } from '../../../core/storage/testing/rows.ts';
import { markEpisodesSeen } from '../../requests/episodes-seen.ts';
import { followPodcast } from '../../requests/podcast-follow.ts';
import { refreshPodcast } from '../../requests/podcast-refresh.ts';
import { Device } from '../../testing/device.ts';
import { anItem, FeedServer } from '../../testing/feed-server.ts';
import type { MortalWorker } from '../../testing/mortal-worker.ts';

interface Shown {
  title: string;
  body: string;
  data: unknown;
  close(): void;
}

export const podcastId = 'podcast' as PodcastId;
export const { feedUrl } = aPodcast();
export const DAY_MS = 24 * 60 * 60_000;

export let device: Device;
export let gateway: FeedServer;
export let shown: Map<string, Shown>;
export const windows: { url: string; visibilityState: string }[] = [];

/** A podcast of which everything has been looked at. */
export async function begin(): Promise<void> {
  device = await Device.create();
  gateway = new FeedServer();
  shown = new Map();
  windows.length = 0;
  startWorker();
  await refresh(anItem('a'), anItem('b'));
  await device.command(markEpisodesSeen, { podcastId });
}

export function startWorker(mortal?: MortalWorker): void {
  device.startWorker((context) => {
    const reached = { ...context, ...gateway.wrap(context) };
    return {
      ...reached,
      ...mortal?.wrap(reached),
      notificationPermission: () => 'granted',
      clients: { matchAll: async () => windows } as unknown as Clients,
      registration: {
        getNotifications: async ({ tag }: { tag: string }) => [
          ...(shown.get(tag) ? [shown.get(tag)] : []),
        ],
        showNotification: async (title: string, { tag, body, data }: NotificationOptions) => {
          const close = () => shown.delete(String(tag));
          shown.set(String(tag), { title, body: String(body), data, close });
        },
      } as unknown as ServiceWorkerRegistration,
    };
  });
}

/** Publishes these on top, and has the feed read. */
export async function refresh(...items: ReturnType<typeof anItem>[]): Promise<void> {
  gateway.publish(feedUrl, ...items);
  device.now += DAY_MS;
  await device.command(refreshPodcast, { podcastId });
}

export const follow = (rules: Partial<AutoDownload>) =>
  device.command(followPodcast, {
    podcastId,
    change: { autoDownload: { ...NO_AUTO_DOWNLOAD, on: true, ...rules } },
  });

/** The titles of what was asked for, in queue order. */
export async function asked(): Promise<string[]> {
  const db = await device.worker.database();
  const rows = await listDownloads(db);
  const episodes = await Promise.all(rows.map(({ episodeId }) => getEpisode(db, episodeId)));
  return episodes.map((episode) => episode?.guid ?? '');
}

export async function idOf(guid: string) {
  const episodes = await listNewestEpisodes(await device.worker.database(), { limit: 1000 });
  const found = episodes.find((episode) => episode.guid === guid);
  if (!found) throw new Error(`no episode ${guid}`);
  return found.id;
}
