import { beforeEach, describe, expect, it } from 'vitest';
import { type AutoDownload, NO_AUTO_DOWNLOAD } from '../../core/model/auto-download.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import { listDownloads } from '../../core/storage/downloads.ts';
import { getEpisode, listNewestEpisodes } from '../../core/storage/episodes.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { changeSettings } from '../../core/storage/settings.ts';
import { aPodcast } from '../../core/storage/testing/rows.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { markEpisodesSeen } from '../requests/episodes-seen.ts';
import { followPodcast } from '../requests/podcast-follow.ts';
import { refreshPodcast } from '../requests/podcast-refresh.ts';
import { unsubscribeFromPodcast } from '../requests/podcast-unsubscribe.ts';
import { refreshAllPodcasts } from '../requests/podcasts-refresh.ts';
import { Device } from '../testing/device.ts';
import { anItem, FeedServer } from '../testing/feed-server.ts';
import { MortalWorker } from '../testing/mortal-worker.ts';
import { followUp } from './follow-up.ts';

interface Shown {
  title: string;
  body: string;
  data: unknown;
  close(): void;
}

const podcastId = 'podcast' as PodcastId;
const { feedUrl } = aPodcast();
const DAY_MS = 24 * 60 * 60_000;

let device: Device;
let gateway: FeedServer;
let shown: Map<string, Shown>;
let windows: { url: string; visibilityState: string }[];

beforeEach(begin);

/** A podcast of which everything has been looked at. */
async function begin(): Promise<void> {
  device = await Device.create();
  gateway = new FeedServer();
  shown = new Map();
  windows = [];
  startWorker();
  await refresh(anItem('a'), anItem('b'));
  await device.command(markEpisodesSeen, { podcastId });
}

function startWorker(mortal?: MortalWorker): void {
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
async function refresh(...items: ReturnType<typeof anItem>[]): Promise<void> {
  gateway.publish(feedUrl, ...items);
  device.now += DAY_MS;
  await device.command(refreshPodcast, { podcastId });
}

const follow = (rules: Partial<AutoDownload>) =>
  device.command(followPodcast, {
    podcastId,
    change: { autoDownload: { ...NO_AUTO_DOWNLOAD, on: true, ...rules } },
  });

/** The titles of what was asked for, in queue order. */
async function asked(): Promise<string[]> {
  const db = await device.worker.database();
  const rows = await listDownloads(db);
  const episodes = await Promise.all(rows.map(({ episodeId }) => getEpisode(db, episodeId)));
  return episodes.map((episode) => episode?.guid ?? '');
}

async function idOf(guid: string) {
  const episodes = await listNewestEpisodes(await device.worker.database(), { limit: 1000 });
  const found = episodes.find((episode) => episode.guid === guid);
  if (!found) throw new Error(`no episode ${guid}`);
  return found.id;
}

describe('auto-download', () => {
  it('takes nothing unless somebody has switched it on', async () => {
    await refresh(anItem('c'));
    expect(await asked()).toEqual([]);
  });

  it('takes the newest at once when it is switched on, then what comes, each once', async () => {
    await refresh(anItem('c', { publishedAt: device.now }));
    await follow({ newest: 1 });
    expect(await asked()).toEqual(['c']);
    await refresh(anItem('d'), anItem('e', { publishedAt: device.now }));
    expect(await asked()).toEqual(['c', 'e']);
    await device.command(deleteDownload, { episodeId: await idOf('e') });
    await refresh();
    await followUp(device.worker);
    expect(await asked(), 'what was deleted stays deleted').toEqual(['c']);
  });

  it('changes what it does about what comes, not about what it has decided', async () => {
    await follow({ newest: 1 });
    await follow({ newest: 3 });
    expect(await asked()).toHaveLength(1);
    await refresh(anItem('c'), anItem('d'), anItem('e'), anItem('f'));
    expect(await asked()).toHaveLength(4);
  });

  it('does not fetch a back catalogue that shows all at once', async () => {
    await follow({ newest: 2 });
    const before = await asked();
    const old = Array.from({ length: 500 }, (_, n) =>
      anItem(`old-${n}`, { publishedAt: Date.UTC(2020, 0, 1) + n * DAY_MS }),
    );
    await refresh(anItem('c'), ...old);
    expect(await asked()).toEqual([...before, 'c']);
  });

  it('holds what it takes to unmetered networks, where that is wanted, until a person asks', async () => {
    device.networkRules = { unmeteredOnly: false, connection: { type: 'cellular' } };
    await follow({ newest: 1 });
    await device.advanceUntilIdle().catch(() => undefined);
    const [held] = await listDownloads(await device.worker.database());
    expect(held).toMatchObject({ onlyUnmetered: true, state: { reason: 'unmetered' } });
    // No more than the first bytes, to see whether it can be kept.
    expect(device.host.requests.filter(({ cancelled }) => !cancelled)).toEqual([]);
    device.networkRules = { unmeteredOnly: false, connection: { type: 'wifi' } };
    await device.advanceUntilIdle();
    const [fetched] = await listDownloads(await device.worker.database());
    expect(fetched?.state).toEqual({ kind: 'committed' });
  });

  it('decides once where several ask together', async () => {
    await follow({ newest: 2 });
    gateway.publish(feedUrl, anItem('c'));
    await Promise.all([
      device.command(refreshPodcast, { podcastId }),
      device.command(refreshAllPodcasts, { since: device.now + 1 }),
      followUp(device.worker),
    ]);
    expect((await asked()).filter((guid) => guid === 'c')).toHaveLength(1);
  });

  it('leaves nothing behind when a podcast is unsubscribed meanwhile', async () => {
    await follow({ newest: 1 });
    await device.command(unsubscribeFromPodcast, { podcastId });
    await follow({ newest: 1 });
    expect(await (await device.worker.database()).getAll('subscriptions')).toEqual([]);
  });
});

describe('new episodes', () => {
  const settings = async (announceNew: boolean) =>
    changeSettings(await device.worker.database(), { announceNew });
  const notification = () => shown.get('new-episodes');

  it('are announced to nobody who has not asked for it', async () => {
    await refresh(anItem('c'));
    expect([notification(), device.badge]).toEqual([undefined, 0]);
    await settings(true);
    await refresh();
    expect(notification(), 'nor later on').toBeUndefined();
  });

  it('are announced in one notification that leads to Episodes, and on the badge', async () => {
    await settings(true);
    await refresh(anItem('c'));
    expect(notification()).toMatchObject({
      title: 'New: Title of c',
      body: 'A podcast',
      data: { destination: 'episodes' },
    });
    await refresh(anItem('d'));
    expect(notification()).toMatchObject({
      title: '2 new episodes',
      body: 'A podcast\nTitle of d\nTitle of c',
    });
    expect(shown.size).toBe(1);
    expect(device.badge).toBe(2);
  });

  it('of several podcasts are counted in one', async () => {
    await settings(true);
    const other = aPodcast({ id: 'other' as PodcastId, feedUrl: 'https://podcast.example/other' });
    await putFeed(await device.worker.database(), other, []);
    gateway.publish(other.feedUrl, anItem('x'));
    await device.command(refreshPodcast, { podcastId: other.id });
    expect(notification(), 'what comes with a subscription is not news').toBeUndefined();
    gateway.publish(other.feedUrl, anItem('y'), anItem('z'));
    gateway.publish(feedUrl, anItem('c'));
    device.now += DAY_MS;
    await device.command(refreshAllPodcasts, { since: device.now });
    expect(notification()).toMatchObject({
      title: '3 new episodes',
      body: 'A podcast: 2 new\nA podcast: 1 new',
    });
  });

  it('of a podcast that is to be quiet are not announced', async () => {
    await settings(true);
    await device.command(followPodcast, { podcastId, change: { announce: false } });
    await refresh(anItem('c'));
    expect([notification(), device.badge]).toEqual([undefined, 0]);
  });

  it('are not announced over an open window, and badge and notification go when they are seen', async () => {
    await settings(true);
    windows = [{ url: 'https://app.example/', visibilityState: 'visible' }];
    await refresh(anItem('c'));
    expect([notification(), device.badge]).toEqual([undefined, 1]);
    windows = [];
    await refresh(anItem('d'));
    expect(notification()?.title).toBe('2 new episodes');
    await device.command(markEpisodesSeen, { podcastId: null });
    expect([notification(), device.badge]).toEqual([undefined, 0]);
  });
});

it('what a worker left that died, at whatever operation, the next one does, and does it once', async () => {
  for (let fatalAt = 1; ; fatalAt += 1) {
    await begin();
    await changeSettings(await device.worker.database(), { announceNew: true });
    await follow({ newest: 1, titleHas: 'of c' });
    gateway.publish(feedUrl, anItem('c'));
    device.now += DAY_MS;
    const since = device.now;
    const mortal = new MortalWorker(fatalAt, 'dies');
    startWorker(mortal);
    const survived = await Promise.race([
      device.command(refreshAllPodcasts, { since }).then(() => true),
      mortal.struck.then(() => false),
    ]);
    startWorker();
    await device.command(refreshAllPodcasts, { since });
    expect(await asked(), `struck at ${fatalAt}`).toEqual(['c']);
    expect(shown.get('new-episodes')?.title, `struck at ${fatalAt}`).toBe('New: Title of c');
    expect(device.badge).toBe(1);
    await device.command(deleteDownload, { episodeId: await idOf('c') });
    await followUp(device.worker);
    expect(await asked(), `decided twice, struck at ${fatalAt}`).toEqual([]);
    if (!survived) continue;
    expect(fatalAt).toBeGreaterThan(20);
    break;
  }
}, 60_000);
