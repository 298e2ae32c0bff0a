import { beforeEach, expect, it } from 'vitest';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import type { ParsedEpisode } from '../../core/model/parsed-feed.ts';
import { getDownload } from '../../core/storage/downloads.ts';
import { listNewestEpisodes } from '../../core/storage/episodes.ts';
import { getPlayback } from '../../core/storage/playback.ts';
import { listSubscriptions } from '../../core/storage/subscriptions.ts';
import { aPodcast } from '../../core/storage/testing/rows.ts';
import { savePlayback } from '../requests/playback-save.ts';
import { refreshPodcast } from '../requests/podcast-refresh.ts';
import { Device } from '../testing/device.ts';
import { anItem, FeedServer } from '../testing/feed-server.ts';

const podcastId = 'podcast' as PodcastId;
const DAY_MS = 24 * 60 * 60_000;
const names = ['c', 'b', 'a'];

let device: Device;
let gateway: FeedServer;
let readings = 0;

beforeEach(async () => {
  device = await Device.create();
  gateway = new FeedServer();
  device.startWorker((context) => gateway.wrap(context));
  await refresh(names);
});

/** Has a feed read that gives each of these a guid of this reading. */
async function refresh(of: string[], facts: Partial<ParsedEpisode> = {}): Promise<void> {
  readings += 1;
  const items = of.map((name) => {
    const publishedAt = Date.UTC(2026, 9, name.charCodeAt(0) - 90);
    return anItem(name, { publishedAt, ...facts, guid: `${name} of reading ${readings}` });
  });
  gateway.feeds.set(aPodcast().feedUrl, items);
  device.now += DAY_MS;
  await device.command(refreshPodcast, { podcastId });
}

/** Those of the feed by their titles, the newest first; the device comes with one of its own. */
async function stored(): Promise<[string, EpisodeId][]> {
  const db = await device.worker.database();
  const all = await listNewestEpisodes(db, { podcastId, limit: 1_000 });
  const theirs = all.filter(({ title }) => title.startsWith('Title of'));
  return theirs.map(({ title, id }) => [title.slice(-1), id]);
}

const arrivals = async () => {
  const rows = await listSubscriptions(await device.worker.database());
  return rows.get(podcastId)?.arrivals;
};

it('a feed with other guids at every reading has as many episodes as it lists, and nothing new', async () => {
  const first = await stored();
  expect(first.map(([name]) => name)).toEqual(names);
  const came = await arrivals();
  for (let reading = 0; reading < 3; reading += 1) await refresh(names);
  expect(await stored()).toEqual(first);
  expect(await arrivals()).toBe(came);
});

it('what is new in it is one episode more, and is marked so once', async () => {
  const came = (await arrivals()) ?? 0;
  await refresh(['d', ...names]);
  await refresh(['d', ...names]);
  expect((await stored()).map(([name]) => name)).toEqual(['d', ...names]);
  expect(await arrivals()).toBe(came + 1);
});

it('what people have done with an episode stays with it', async () => {
  const [[, c] = [], [, b] = []] = await stored();
  if (!c || !b) throw new Error('no episodes');
  await device.command(savePlayback, { episodeId: c, positionS: 60 });
  await device.request(b);
  await device.advanceUntilIdle();
  await refresh(names);
  const db = await device.worker.database();
  expect((await stored()).slice(0, 2)).toEqual([
    ['c', c],
    ['b', b],
  ]);
  expect(await getPlayback(db, c)).toMatchObject({ positionS: 60 });
  expect(await getDownload(db, b)).toMatchObject({ state: { kind: 'committed' } });
});

it('one address for whatever is the latest is one episode, but for those somebody has', async () => {
  const enclosure = { url: 'https://podcast.example/latest.mp3', type: undefined, sizeBytes: 1 };
  await refresh(['g'], { enclosure });
  await refresh(['h'], { enclosure });
  expect((await stored()).map(([name]) => name)).toEqual(['h', ...names]);
  const [[, h] = []] = await stored();
  if (!h) throw new Error('no episode');
  await device.command(savePlayback, { episodeId: h, positionS: 60 });
  await refresh(['i'], { enclosure });
  expect((await stored()).map(([name]) => name)).toEqual(['i', 'h', ...names]);
});

it('an episode that the feed does not list any more stays', async () => {
  await refresh(['d']);
  expect((await stored()).map(([name]) => name)).toEqual(['d', ...names]);
});
