import type { Attempt } from '../../../core/model/attempt.ts';
import type { EpisodeId } from '../../../core/model/ids.ts';
import { putFeed } from '../../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../../core/storage/testing/rows.ts';
import { Browser } from './browser.ts';
import { type Device, deviceOf, emptyStorage } from './device.ts';
import { Holders } from './holders.ts';
import { Invariants } from './invariants.ts';
import { Moments } from './moments.ts';
import { Origin } from './origin.ts';
import type { Page } from './page.ts';
import type { RawStorage } from './raw-storage.ts';
import type { Schedule } from './schedule.ts';
import { Wishes } from './wishes.ts';
import type { World } from './world.ts';

/** Everything of one world, for those that make things happen in it. */
export interface Stage extends Device {
  wishes: Wishes;
  invariants: Invariants;
  moments: Moments;
  storage: RawStorage;
  origins: ReadonlyMap<EpisodeId, Origin>;
  episodeIds: readonly EpisodeId[];
  subscribe(): Promise<void>;
}

/** Within this time an abort in the browser's own interface has become a pause. */
const SETTLING_MS = 120_000;

/** A device on which nothing has happened yet, and the hosts of its episodes. */
export async function setUp(world: World, schedule: Schedule): Promise<Stage> {
  const origins = new Map<EpisodeId, Origin>();
  const hosts = new Map<string, Origin>();
  const { dice } = world;
  const episodes = schedule.sizes.map((sizeBytes, index) => {
    const id = `episode-${index}` as EpisodeId;
    const url = `https://podcast.example/${index}.mp3`;
    const origin = new Origin(world, index + 1, sizeBytes);
    if (schedule.hosts !== 'honest') origin.turnOut();
    origins.set(id, origin);
    hosts.set(url, origin);
    const claimed = schedule.hosts ? sizeBytes : dice.pick([undefined, sizeBytes, 123]);
    const enclosure = { url, type: 'audio/mpeg', sizeBytes: claimed };
    return anEpisode({ id, enclosure });
  });
  const wishes = new Wishes();
  const browser: Browser<Page> = new Browser<Page>(world, hosts, schedule.hasBackgroundFetch, {
    onPut: (lifeId, store, row) => {
      if (store === 'attempts') holders.writes(lifeId, row as Attempt);
    },
  });
  const holders = new Holders(world, browser);
  const invariants = new Invariants(world, origins, wishes, holders);
  const { database, storage } = await emptyStorage();
  const subscribe = async () => void (await putFeed(database, aPodcast(), episodes));
  await subscribe();
  const episodeIds = episodes.map(({ id }) => id);
  browser.background.onUserAbort = (registration) => {
    wishes.distrust();
    world.time.after(SETTLING_MS, () => wishes.trustAgain());
    browser.background.end(registration, 'aborted');
  };
  const device = deviceOf(world, browser, wishes);
  const moments = new Moments();
  return { ...device, wishes, invariants, moments, storage, origins, episodeIds, subscribe };
}
