import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { AppPage } from '../support/app-page.ts';
import { noise } from '../support/audio-body.ts';
import { statusesInRows } from '../support/library-rows.ts';
import type { OriginFeed } from '../support/podcast-origin.ts';
import { readStoredLibrary } from '../support/stored-library.ts';
import { audit, isTidy, newTally, note, type Tally } from './tally.ts';
import { openApp, type World } from './world.ts';

const EPISODES = 8;
const CONSISTENT_WITHIN_MS = 2_000;
const LONGEST_LIFE_MS = 6_000;
/** A browser that was killed takes half a minute before it goes on with a Background Fetch. */
const ALL_HERE_MS = 120_000;

/** What a download may cost: the probe, and for each death and each press two segments. */
const SEGMENT_BYTES = 420_000;

/** What the interface has confirmed; `unknown` where the kill came before it could. */
type Wish = 'here' | 'paused' | 'gone' | 'unknown';

/**
 * Kills the browser at random moments of ordinary use, and looks after each next start whether all
 * that was confirmed is so, and all that was stored is there. After every tenth kill, and at the end,
 * all that is wanted must come here whole.
 */
export async function kills(world: World, times: number): Promise<Tally> {
  const tally = newTally();
  const feed = addFeed(world);
  const wishes = new Map<string, Wish>();
  const costs: Costs = new Map();
  const starts: number[] = [];
  let app = await openApp(world);
  await app.subscribe(feed.url);
  await app.episode('Part 1').waitForStatus('Not downloaded');
  await app.go('Episodes');
  for (; tally.times < times; tally.times += 1) {
    await useABit(app, feed, wishes, costs);
    const before = await liveUntilKilled(world, app.page);
    await world.profile.relaunch();
    app = await openApp(world, '/#/episodes');
    starts.push(await startsConsistent(app, tally));
    for (const cost of costs.values()) cost.disturbances += 1;
    await compareWithWishes(app.page, feed, wishes, before, tally);
    if (tally.times % 10 === 9) await allComeHere(app, feed, wishes, tally);
    await compareCosts(app.page, feed, costs, tally);
  }
  await allComeHere(app, feed, wishes, tally);
  await compareCosts(app.page, feed, costs, tally);
  starts.sort((a, b) => a - b);
  const median = starts[Math.floor(starts.length / 2)] ?? 0;
  tally.remarks.push(
    `consistent after the start: median ${median.toFixed(0)} ms, slowest ${(starts.at(-1) ?? 0).toFixed(0)} ms`,
  );
  const sent = feed.episodes.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  tally.remarks.push(`${(sent / 1_000_000).toFixed(0)} MB sent by the host`);
  return tally;
}

function addFeed({ origin }: World): OriginFeed {
  const feed = origin.addFeed({
    title: 'Nine Lives',
    episodes: Array.from({ length: EPISODES }, (_, index) => ({
      title: `Part ${index + 1}`,
      audio: noise({ sizeBytes: 1_500_000 + index * 700_000, seed: 700 + index }),
      behaviour: { exposesHeaders: index % 2 === 0 },
    })),
  });
  origin.set({ bytesPerSecond: 1_500_000 });
  return feed;
}

/** A few presses, as they offer themselves; the last one may be cut off before it is confirmed. */
async function useABit(
  app: AppPage,
  feed: OriginFeed,
  wishes: Map<string, Wish>,
  costs: Costs,
): Promise<void> {
  for (let press = 0; press < 3; press += 1) {
    const title = `Part ${1 + Math.floor(Math.random() * EPISODES)}`;
    const row = app.episode(title);
    const status = await row.status.textContent();
    const dice = Math.random();
    let wish: Wish = 'here';
    // It may end at this very moment, and its button with it.
    const options = { timeout: 3_000 };
    let wasTried = false;
    const pressed = async (click: Promise<void>) => {
      wasTried = true;
      return click.then(
        () => true,
        () => false,
      );
    };
    let done = false;
    if (status === 'Not downloaded' || status === 'Failed' || status === 'Removed by the browser') {
      done = await pressed(row.button('Download').click(options));
    } else if (status === 'Paused') {
      done = await pressed(row.button('Resume').click(options));
    } else if (status === 'Downloaded' && dice < 0.6) {
      wish = 'gone';
      done = await pressed(row.button('Delete').click(options));
    } else if (status === 'Downloading' && dice < 0.3) {
      wish = 'paused';
      done = await pressed(row.button('Pause').click(options));
    } else if (status === 'Downloading' && dice < 0.4) {
      wish = 'gone';
      done = await pressed(row.button('Cancel').click(options));
    }
    // A press that was given up may have been one all the same.
    if (wasTried && !done) wishes.set(title, 'unknown');
    if (!done) continue;
    const cost = costs.get(title);
    if (wish === 'gone') costs.delete(title);
    else if (cost) cost.disturbances += 1;
    else costs.set(title, { sentBefore: feed.episode(title).bytesSent, disturbances: 1 });
    wishes.set(title, 'unknown');
    if (press === 2 && dice < 0.5) return;
    await confirmed(app.page, title, wish);
    wishes.set(title, wish);
  }
}

async function confirmed(page: Page, title: string, wish: Wish): Promise<void> {
  const giveUpAt = performance.now() + 10_000;
  const fits = (status: string | undefined) => {
    if (wish === 'gone') return status === 'Not downloaded';
    if (wish === 'paused') return status !== 'Downloading' && status !== 'Queued';
    return status !== 'Not downloaded' && status !== 'Paused';
  };
  while (!fits((await statusesInRows(page))[title])) {
    if (performance.now() > giveUpAt) throw new Error(`${title} was not confirmed as ${wish}`);
  }
}

/** What the host had sent when a download was asked for, and how often it was disturbed since. */
type Costs = Map<string, { sentBefore: number; disturbances: number }>;

async function compareCosts(
  page: Page,
  feed: OriginFeed,
  costs: Costs,
  tally: Tally,
): Promise<void> {
  const rows = await statusesInRows(page);
  for (const [title, { sentBefore, disturbances }] of costs) {
    if (rows[title] !== 'Downloaded') continue;
    costs.delete(title);
    const episode = feed.episode(title);
    const twice = episode.bytesSent - sentBefore - episode.audio.sizeBytes;
    if (twice <= disturbances * 2 * SEGMENT_BYTES) continue;
    note(tally, 'doubled', `${title}: ${twice} bytes came twice in ${disturbances} disturbances`);
  }
}

/** Received bytes by title, as they were last seen before the end. */
type Received = Map<string, number>;

async function liveUntilKilled({ profile }: World, page: Page): Promise<Received> {
  const received: Received = new Map();
  const endsAt = performance.now() + Math.random() * LONGEST_LIFE_MS;
  while (performance.now() < endsAt) {
    for (const { title, state, receivedBytes } of (await readStoredLibrary(page)).episodes) {
      if (state !== 'deleting') received.set(title, receivedBytes);
    }
    await delay(Math.random() * 100);
  }
  await profile.kill();
  return received;
}

/** How long it took from the first paint until rows, bytes and interface said the same. */
async function startsConsistent({ page }: AppPage, tally: Tally): Promise<number> {
  const startedAt = performance.now();
  while (!isTidy(await readStoredLibrary(page)) && performance.now() < startedAt + 10_000);
  const tookMs = performance.now() - startedAt;
  if (tookMs > CONSISTENT_WITHIN_MS) tally.remarks.push(`a start took ${tookMs.toFixed(0)} ms`);
  return tookMs;
}

async function compareWithWishes(
  page: Page,
  feed: OriginFeed,
  wishes: Map<string, Wish>,
  before: Received,
  tally: Tally,
): Promise<void> {
  const { episodes } = await audit(page, feed, tally);
  for (const [title, wish] of wishes) {
    const now = episodes.find((episode) => episode.title === title);
    const state = now?.state ?? 'absent';
    const isHere = state === 'committed';
    const isGone = state === 'absent' || state === 'deleting';
    const where = `after kill ${tally.times + 1}: ${title} was to be ${wish} and is ${state}`;
    if (wish === 'here' && (isGone || state === 'paused:user')) note(tally, 'lost', where);
    if (wish === 'paused' && !isHere && state !== 'paused:user') note(tally, 'lost', where);
    if (wish === 'gone' && !isGone) note(tally, 'ghosts', where);
    if (state === 'failed' || state === 'evicted') note(tally, 'lost', where);
    // Whatever it is now, it is told once.
    if (wish === 'unknown' || (wish === 'here' && isGone)) {
      wishes.set(title, isGone ? 'gone' : state === 'paused:user' ? 'paused' : 'here');
    }
    const had = before.get(title) ?? 0;
    if (wish === 'here' && now && now.receivedBytes < had) {
      note(tally, 'lost', `${title}: ${had - now.receivedBytes} bytes that had been committed`);
    }
  }
}

async function allComeHere(
  app: AppPage,
  feed: OriginFeed,
  wishes: Map<string, Wish>,
  tally: Tally,
): Promise<void> {
  const giveUpAt = performance.now() + ALL_HERE_MS;
  const wanted = [...wishes].filter(([, wish]) => wish === 'here').map(([title]) => title);
  let missing = wanted;
  while (missing.length > 0 && performance.now() < giveUpAt) {
    await delay(250);
    const rows = await statusesInRows(app.page);
    missing = missing.filter((title) => rows[title] !== 'Downloaded');
  }
  for (const title of missing) note(tally, 'lost', `${title} did not come within two minutes`);
  await audit(app.page, feed, tally);
}
