import { beforeEach, describe, expect, it } from 'vitest';
import type { PodcastId } from '../../core/model/ids.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { changeSettings } from '../../core/storage/settings.ts';
import { aPodcast } from '../../core/storage/testing/rows.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { markEpisodesSeen } from '../requests/episodes-seen.ts';
import { followPodcast } from '../requests/podcast-follow.ts';
import { refreshPodcast } from '../requests/podcast-refresh.ts';
import { refreshAllPodcasts } from '../requests/podcasts-refresh.ts';
import { anItem } from '../testing/feed-server.ts';
import { MortalWorker } from '../testing/mortal-worker.ts';
import { followUp } from './follow-up.ts';
import {
  asked,
  begin,
  DAY_MS,
  device,
  feedUrl,
  follow,
  gateway,
  idOf,
  podcastId,
  refresh,
  shown,
  startWorker,
  windows,
} from './testing/followed-podcast.ts';

beforeEach(begin);

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
    windows.push({ url: 'https://app.example/', visibilityState: 'visible' });
    await refresh(anItem('c'));
    expect([notification(), device.badge]).toEqual([undefined, 1]);
    windows.length = 0;
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
}, 120_000);
