import type { PodcastId } from '../../../../core/model/ids.ts';
import { putFeed } from '../../../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../../../core/storage/testing/rows.ts';
import { STEP_MS } from '../../../downloads/advance.ts';
import { episodeIdOf, podcastIdOf } from '../../../feeds/identify.ts';
import { outboxDueMs, wakeOutbox } from '../../../outbox/wake.ts';
import type { Call } from '../../../requests/index.ts';
import { anItem } from '../../feed-server.ts';
import { Browser } from '../browser.ts';
import { type Device, deviceOf, emptyStorage } from '../device.ts';
import type { Page } from '../page.ts';
import type { RawStorage } from '../raw-storage.ts';
import { Wishes } from '../wishes.ts';
import type { World } from '../world.ts';
import { Deliveries } from './deliveries.ts';
import { FarSide } from './far-side.ts';
import { Ledger } from './ledger.ts';
import { Library } from './library.ts';
import type { OutboxSchedule } from './schedule.ts';
import { Users } from './users.ts';
import { WakeUps } from './wake-ups.ts';

/** Everything of one world, for those that make things happen in it. */
export interface OutboxStage extends Device {
  farSide: FarSide;
  users: Users;
  wakeUps: WakeUps;
  ledger: Ledger;
  library: Library;
  storage: RawStorage;
  feeds: readonly string[];
  queries: readonly string[];
  /** How many there are at this moment, one in the other. */
  tunnels: number;
}

/** A device on which nobody has asked for anything yet, and its far side. */
export async function setUp(world: World, schedule: OutboxSchedule): Promise<OutboxStage> {
  const feeds = named(schedule.feeds, (index) => `https://feeds.example/${index}.xml`);
  const queries = named(schedule.queries, (index) => `search words ${index}`);
  const ids = new Map<string, PodcastId>();
  for (const url of feeds) ids.set(url, await podcastIdOf(url));
  const { database, storage } = await emptyStorage(['outbox']);
  for (const feedUrl of feeds.slice(0, schedule.known)) {
    const facts = { id: ids.get(feedUrl) ?? ('' as PodcastId), feedUrl, refreshedAt: world.date };
    const first = { id: await episodeIdOf(facts.id, anItem('1')), podcastId: facts.id, guid: '1' };
    await putFeed(database, aPodcast(facts), [anEpisode(first)]);
  }
  const library = new Library(storage, ids);
  const isAlive = (lifeId: string) => browser.isAlive(lifeId);
  const ledger = new Ledger(world, isAlive, () => ({ deliveries, library, users }));
  const deliveries = new Deliveries(world, isAlive, ledger);
  const farSide = new FarSide(world, [...feeds, ...queries], deliveries);
  const users = new Users(world, farSide, library, ledger);
  const browser: Browser<Page> = new Browser<Page>(world, new Map(), false, {
    contextOf: (lifeId) => ({
      fetch: farSide.fetchOf(lifeId),
      randomId: () => `key-${world.dice.between(1e6, 9e12)}`,
      ...(schedule.hasBackgroundSync && {
        registration: { sync: {} } as ServiceWorkerRegistration,
        askToBeWoken: async () => wakeUps.register(),
      }),
    }),
    onAnswer: (params, result) => {
      const isKept = 'ok' in result && 'value' in result && Object(result.value).waits === true;
      if (!isKept) return;
      if ('podcastId' in params) ledger.checkKept(String(params.podcastId));
      if ('query' in params) ledger.checkKept(`search ${params.query}`);
    },
    ...(!schedule.looksForDownloads && { handlers: withoutDownloads }),
  });
  const wakeUps = new WakeUps(world, browser);
  for (const [index, ailment] of schedule.ailments.entries()) {
    const subject = farSide.subjects.get([...feeds, ...queries][index] ?? '');
    if (subject) subject.ailment = ailment;
  }
  const device = deviceOf(world, browser, new Wishes());
  const work = { farSide, users, wakeUps, ledger, library, storage };
  return { ...device, ...work, feeds, queries, tunnels: 0 };
}

/** Pages ask less often than in the app: most of these questions find nothing to do. */
const PAUSE_MS = 15_000;

/** There are none, and to see that costs more than all else: most worlds do without. */
const withoutDownloads = {
  async 'downloads/reconcile'() {
    return {};
  },
  async 'downloads/advance'(_: unknown, { context, waitUntil }: Call) {
    waitUntil(wakeOutbox(context, context.now() + STEP_MS));
    const dueInMs = await outboxDueMs(context);
    return { againInMs: dueInMs === null ? null : Math.max(PAUSE_MS, dueInMs), claimable: false };
  },
};

function named(count: number, name: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => name(index));
}
