import { type IDBPDatabase, unwrap } from 'idb';
import type { PodcastId } from '../../../../core/model/ids.ts';
import type { OutboxEntry } from '../../../../core/model/outbox.ts';
import { openForWriting } from '../../../../core/storage/database.ts';
import { putFeed } from '../../../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../../../core/storage/testing/rows.ts';
import { STEP_MS } from '../../../downloads/advance.ts';
import { episodeIdOf, podcastIdOf } from '../../../feeds/identify.ts';
import { outboxDueMs, wakeOutbox } from '../../../outbox/wake.ts';
import type { Call } from '../../../requests/index.ts';
import { anItem } from '../../feed-server.ts';
import { Browser } from '../browser.ts';
import type { FaultTally } from '../faults.ts';
import { Page } from '../page.ts';
import { onPlatform } from '../platform.ts';
import { RawStorage } from '../raw-storage.ts';
import { Wishes } from '../wishes.ts';
import { World } from '../world.ts';
import { Deliveries } from './deliveries.ts';
import { FarSide } from './far-side.ts';
import { backOnline, happen, type OutboxStage } from './happen.ts';
import { Ledger } from './ledger.ts';
import { Library } from './library.ts';
import type { OutboxSchedule } from './schedule.ts';
import { Users } from './users.ts';
import { WakeUps } from './wake-ups.ts';

export interface OutboxOutcome {
  seed: number;
  violations: string[];
  faults: FaultTally;
  traceDigest: string;
  trace: string;
  /** What people were told is kept for later, and how much of it was done; the rest was taken back. */
  mutations: number;
  delivered: number;
  /** The rows that they were kept in. One row may stand for several. */
  entries: number;
  checks: number;
}

interface OutboxWorld extends OutboxStage {
  ledger: Ledger;
  library: Library;
  storage: RawStorage;
}

/** Retry-After may keep something waiting for six hours. */
const PATIENCE_MS = 2 * 86_400_000;
const LOOK_MS = 60_000;
const ROUNDS = 4;

/** Runs one schedule from its first to its last moment, and checks it all the way. */
export function simulateOutbox(
  schedule: OutboxSchedule,
  { keepsTrace = false } = {},
): Promise<OutboxOutcome> {
  let lastTaskAt = 0;
  let checks = 0;
  let stage: OutboxWorld | undefined;
  const world: World = new World(schedule.seed, {
    keepsTrace,
    afterEach: () => {
      if (!stage?.storage.hasChanged()) return;
      checks += 1;
      stage.ledger.check(stage.storage.all<OutboxEntry>('outbox'));
    },
  });
  const queueTask = (run: () => void) => {
    const durationMs = world.dice.chance(0.01) ? 40 : 0.2;
    lastTaskAt = Math.max(lastTaskAt, world.time.nowMs + durationMs);
    world.time.after(lastTaskAt - world.time.nowMs, run);
  };
  return onPlatform({ queueTask }, async () => {
    const ready = setUp(world, schedule).then((it) => {
      stage = it;
    });
    await world.time.pass(() => stage !== undefined, 60_000);
    await ready;
    if (!stage) throw new Error('the world did not begin');
    let kept = { mutations: 0, delivered: 0 };
    try {
      await storm(stage, schedule);
      kept = await calm(stage);
    } catch (error) {
      world.violate(String(error));
    }
    const { violations, faults, trace } = world;
    return {
      seed: schedule.seed,
      violations,
      faults,
      traceDigest: trace.digest,
      trace: trace.text,
      ...kept,
      entries: stage.ledger.accepted,
      checks,
    };
  });
}

async function setUp(world: World, schedule: OutboxSchedule): Promise<OutboxWorld> {
  const feeds = named(schedule.feeds, (index) => `https://feeds.example/${index}.xml`);
  const queries = named(schedule.queries, (index) => `search words ${index}`);
  const ids = new Map<string, PodcastId>();
  for (const url of feeds) ids.set(url, await podcastIdOf(url));
  const database = await openForWriting(() => undefined);
  const storage = new RawStorage(unwrap(database as unknown as IDBPDatabase), ['outbox']);
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
  let opened = 0;
  const openPage = () => {
    opened += 1;
    return new Page(`page-${opened}`, world, browser, new Wishes());
  };
  const stage = { world, browser, farSide, users, wakeUps, feeds, queries, openPage, tunnels: 0 };
  return { ...stage, ledger, library, storage };
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

/** The time in which things go wrong. */
async function storm(stage: OutboxWorld, schedule: OutboxSchedule): Promise<void> {
  const { world, openPage } = stage;
  world.faultRate = schedule.faultRate;
  for (let page = 0; page < schedule.pages; page += 1) openPage();
  for (const { atMs, what } of schedule.happenings) {
    world.time.after(atMs, () => happen(stage, what));
  }
  await world.time.pass(() => false, schedule.stormMs);
}

/**
 * Nothing goes wrong any more but with the subjects that ail: all others must be done without them.
 * Then those are well, too, and people press Retry on what was refused.
 */
async function calm(stage: OutboxWorld): Promise<{ mutations: number; delivered: number }> {
  const { world, browser, farSide, ledger, library, users, openPage } = stage;
  world.faultRate = 0;
  world.isCalm = true;
  world.note('calm');
  for (const life of browser.livesLeft) life.spare();
  backOnline(stage);
  const page = openPage();
  const isWell = (entity: string) =>
    farSide.subjects.get(library.targetOf(entity))?.ailment === undefined;
  const passUntil = async (isDone: () => boolean) => {
    const end = world.time.nowMs + PATIENCE_MS;
    while (!isDone() && world.time.nowMs < end) {
      await world.time.pass(isDone, LOOK_MS);
      ledger.checkHeldUp(isWell);
    }
  };
  await passUntil(() =>
    ledger.rows().every((row) => row.state === 'refused' || !isWell(row.entity)),
  );
  for (const subject of farSide.subjects.values()) subject.ailment = undefined;
  for (let round = 0; round < ROUNDS && ledger.rows().length > 0; round += 1) {
    for (const row of ledger.rows()) {
      if (row.state === 'refused') await pass(stage, users.retry(page, row));
    }
    await passUntil(() => ledger.rows().every((row) => row.state === 'refused'));
  }
  for (const { entity, state } of ledger.rows()) {
    world.violate(`${entity}: still ${state} when everything is well (lost)`);
  }
  for (const double of library.doubles()) world.violate(`${double} is here twice (doubled)`);
  return users.checkPromises();
}

/** Lets time go by until this is done. */
async function pass({ world }: OutboxWorld, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  work
    .catch((error) => world.note(`in vain: ${error}`))
    .finally(() => {
      isDone = true;
    });
  await world.time.pass(() => isDone, 600_000);
}
