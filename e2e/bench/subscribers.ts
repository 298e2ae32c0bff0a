import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import { AppPage } from '../support/app-page.ts';
import { AppServer } from '../support/app-server.ts';
import { noise } from '../support/audio-body.ts';
import { type BrowserOptions, BrowserProfile } from '../support/browser.ts';
import { type OriginEpisode, PodcastOrigin } from '../support/podcast-origin.ts';
import { type Comparison, median } from './figures.ts';

const TABS = 20;
const ROUNDS = 3;
/** On a slow machine there are fewer rounds. */
const ENOUGH_MS = 45_000;
const SIZE_BYTES = 48 * 1024 * 1024;
/** As a good line has it: what the eye follows, and not the machine at its limit. */
const LINE_BYTES_PER_S = 2_000_000;
const WATCH_MS = 5_000;

/**
 * What 20 more tabs that follow a download cost: the worker, in bytes stored per second as fast as
 * it can, and their own main threads while they show it. All count as seen: there is no screen here. The worker fetches by itself here, as where there is no
 * Background Fetch, so that it is busy with both.
 */
export async function subscribers(options: BrowserOptions): Promise<Comparison[]> {
  const origin = await PodcastOrigin.start();
  const server = await AppServer.start({ allowAddresses: [origin.host] });
  const profile = await BrowserProfile.create(options, server.address);
  try {
    const titles = Array.from({ length: 2 * ROUNDS + 2 }, (_, index) => `Part ${index + 1}`);
    const feed = origin.addFeed({
      title: 'Heavy',
      episodes: titles.map((title, seed) => ({
        title,
        audio: noise({ sizeBytes: SIZE_BYTES, seed }),
      })),
    });
    const page = await profile.page();
    const app = new AppPage(page);
    await app.open();
    await forbidBackgroundFetch(page);
    await app.subscribe(feed.url);
    await app.episode('Part 1').waitForStatus('Not downloaded');
    const tabs: Page[] = [];
    for (let n = 0; n < TABS; n += 1) tabs.push(await profile.context.newPage());

    const next = () => titles.shift() ?? '';
    await rateOf(app, feed.episode(titles[0] ?? ''), next());
    const without: number[] = [];
    const withTabs: number[] = [];
    const endsAt = performance.now() + ENOUGH_MS;
    for (let round = 0; round < ROUNDS && performance.now() < endsAt; round += 1) {
      await showAll(tabs, 'about:blank');
      without.push(await rateOf(app, feed.episode(titles[0] ?? ''), next()));
      await showAll(tabs, `${server.address}/`);
      withTabs.push(await rateOf(app, feed.episode(titles[0] ?? ''), next()));
    }

    await showAll(tabs, 'about:blank');
    await showAll(tabs, `${server.address}/#/downloads`);
    const title = next();
    const idle = await mainThreadMsPerS(tabs);
    feed.episode(title).set({ bytesPerSecond: LINE_BYTES_PER_S });
    await app.episode(title).download();
    await app.episode(title).waitForStatus('Downloading');
    const following = await mainThreadMsPerS(tabs);
    return [
      {
        name: `bytes stored, ${TABS} tabs that follow beside none, ${options.browserKind}`,
        unit: 'MB/s',
        ours: withTabs,
        peer: without,
        goal: { atLeast: 0.95 },
      },
      {
        name: `main thread of each of ${TABS} tabs, following beside idle, ${options.browserKind}`,
        unit: 'ms/s',
        ours: following,
        peer: idle.map(() => median(idle)),
      },
    ];
  } finally {
    await profile.dispose();
    await server.close();
    await origin.close();
  }
}

/** Downloads it and deletes it again. Resolves with MB per second, from one range to the last. */
async function rateOf(app: AppPage, episode: OriginEpisode, title: string): Promise<number> {
  const row = app.episode(title);
  await row.download();
  await row.waitForStatus('Downloaded', { timeoutMs: 60_000 });
  // A range is asked for once the one before it has come, and the one before that is committed.
  const ranges = episode.requests.flatMap(({ at, range }) => {
    const match = /^bytes=(\d+)-\d+$/.exec(range ?? '');
    return match ? [{ at, offsetBytes: Number(match[1]) }] : [];
  });
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (!first || !last) throw new Error(`${title} was not fetched in ranges`);
  await row.delete();
  await row.waitForStatus('Not downloaded');
  return (last.offsetBytes - first.offsetBytes) / 1000 / (last.at - first.at);
}

/** With the list on each that has it, or blank and so without a subscription. */
async function showAll(tabs: readonly Page[], address: string): Promise<void> {
  await Promise.all(
    tabs.map(async (tab) => {
      await tab.goto(address);
      if (address === 'about:blank') return;
      await tab.getByRole('link', { name: 'Library', exact: true }).waitFor();
    }),
  );
}

/** Of each tab: ms of work on its main thread in one second, over `WATCH_MS`. */
async function mainThreadMsPerS(tabs: readonly Page[]): Promise<number[]> {
  const sessions = await Promise.all(tabs.map((tab) => tab.context().newCDPSession(tab)));
  for (const session of sessions) await session.send('Performance.enable');
  const before = await Promise.all(sessions.map(taskMs));
  const startedAt = performance.now();
  await delay(WATCH_MS);
  const after = await Promise.all(sessions.map(taskMs));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const session of sessions) await session.detach();
  return after.map((ms, index) => (ms - (before[index] ?? 0)) / seconds);
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

/** Takes the permission away: the worker fetches by itself then. */
async function forbidBackgroundFetch(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Browser.setPermission', {
    permission: { name: 'background-fetch' },
    setting: 'denied',
    origin: new URL(page.url()).origin,
  });
}
