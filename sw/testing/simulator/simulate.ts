import { type IDBPDatabase, unwrap } from 'idb';
import type { EpisodeId } from '../../../core/model/ids.ts';
import { openForWriting } from '../../../core/storage/database.ts';
import { putFeed } from '../../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../../core/storage/testing/rows.ts';
import { checkAtRest } from './at-rest.ts';
import { Browser } from './browser.ts';
import type { FaultTally } from './faults.ts';
import { happen } from './happen.ts';
import { Invariants } from './invariants.ts';
import { Origin } from './origin.ts';
import { Page } from './page.ts';
import { onPlatform } from './platform.ts';
import { RawStorage, type Rows } from './raw-storage.ts';
import type { Schedule } from './schedule.ts';
import { Wishes } from './wishes.ts';
import { World } from './world.ts';

export interface Outcome {
  seed: number;
  violations: string[];
  faults: FaultTally;
  /** The same for every run of one seed. */
  traceDigest: string;
  /** What happened, line by line, where that was asked for. */
  trace: string;
  /** How many episodes are downloaded in the end. */
  committed: number;
  /** Whether an operation of the worker was struck. */
  wasStruck: boolean;
  /** Commits that were checked. */
  checks: number;
}

/** Everything of one world, for those that make things happen in it. */
export interface Stage {
  world: World;
  browser: Browser<Page>;
  wishes: Wishes;
  invariants: Invariants;
  storage: RawStorage;
  origins: ReadonlyMap<EpisodeId, Origin>;
  episodeIds: readonly EpisodeId[];
  openPage(): Page;
  subscribe(): Promise<void>;
}

/** A device that waits for its retries may take days, but not for ever. */
const PATIENCE_MS = 4 * 86_400_000;
/** Within this time an abort in the browser's own interface has become a pause. */
const SETTLING_MS = 120_000;
const ROUNDS = 3;

/** Runs one schedule from its first to its last moment, and checks it all the way. */
export function simulate(schedule: Schedule, { keepsTrace = false } = {}): Promise<Outcome> {
  let lastTaskAt = 0;
  const world: World = new World(schedule.seed, { keepsTrace, afterEach: () => look() });
  let checks = 0;
  let stage: Stage | undefined;
  const look = () => {
    if (!stage?.storage.hasChanged()) return;
    checks += 1;
    stage.invariants.check(stage.storage.rows());
  };
  const queueTask = (run: () => void) => {
    // The database works task by task, and now and then it is busy.
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
    try {
      await storm(stage, schedule);
      await calm(stage);
    } catch (error) {
      world.violate(String(error));
    }
    const { violations, faults, trace } = world;
    const { downloads } = stage.storage.rows();
    return {
      seed: schedule.seed,
      violations,
      faults,
      committed: downloads.filter(({ state }) => state.kind === 'committed').length,
      wasStruck: world.wasStruck,
      traceDigest: trace.digest,
      trace: trace.text,
      checks,
    };
  });
}

async function setUp(world: World, schedule: Schedule): Promise<Stage> {
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
  const browser = new Browser<Page>(world, hosts, schedule.hasBackgroundFetch);
  const invariants = new Invariants(world, origins, wishes);
  const database = await openForWriting(() => undefined);
  const storage = new RawStorage(unwrap(database as unknown as IDBPDatabase));
  const subscribe = () => putFeed(database, aPodcast(), episodes);
  await subscribe();
  let opened = 0;
  const openPage = () => {
    opened += 1;
    return new Page(`page-${opened}`, world, browser, wishes);
  };
  const episodeIds = episodes.map(({ id }) => id);
  browser.background.onUserAbort = (registration) => {
    wishes.distrust();
    world.time.after(SETTLING_MS, () => wishes.trustAgain());
    browser.background.end(registration, 'aborted');
  };
  return { world, browser, wishes, invariants, storage, origins, episodeIds, openPage, subscribe };
}

/** The time in which things go wrong. */
async function storm(stage: Stage, schedule: Schedule): Promise<void> {
  const { world, openPage } = stage;
  world.faultRate = schedule.faultRate;
  world.onRequest = (number) => {
    const planned = schedule.atRequests?.filter(({ request }) => request === number) ?? [];
    for (const { what } of planned) if (typeof what === 'object') happen(stage, what);
    return planned.map(({ what }) => what).find((what) => typeof what === 'string');
  };
  for (let page = 0; page < schedule.pages; page += 1) openPage();
  for (const { atMs, what } of schedule.happenings) {
    world.time.after(atMs, () => happen(stage, what));
  }
  await world.time.pass(() => false, schedule.stormMs);
}

/** What is only looked at when a page opens: the next one finds what came up after the last one's look. */
function isLeftForNextPage({ downloads, attempts }: Rows): boolean {
  const wanted = new Set(downloads.map(({ attemptId }) => attemptId));
  return (
    attempts.some(({ id }) => !wanted.has(id)) ||
    downloads.some(({ state }) => state.kind === 'paused' && state.reason === 'space')
  );
}

/** Nothing goes wrong any more: everything must come to its end, and be right there. */
async function calm(stage: Stage): Promise<void> {
  const { world, browser, storage, origins, openPage } = stage;
  world.faultRate = 0;
  world.isCalm = true;
  world.isOnline = true;
  world.note('calm');
  for (const page of browser.openPages) {
    page.isFrozen = false;
    page.hear();
  }
  for (const life of browser.livesLeft) life.spare();
  for (let round = 0; round < ROUNDS; round += 1) {
    const last = openPage();
    const isOver = () =>
      last.isIdle && browser.background.live.length === 0 && !browser.life?.isAtWork;
    await world.time.pass(isOver, PATIENCE_MS);
    if (!isLeftForNextPage(storage.rows())) break;
  }
  let isChecked = false;
  checkAtRest(world, browser, storage.rows(), origins)
    .catch((error) => world.violate(`looking at the end failed: ${error}`))
    .finally(() => {
      isChecked = true;
    });
  await world.time.pass(() => isChecked, 600_000);
  if (!isChecked) world.violate('looking at the end does not end');
}
