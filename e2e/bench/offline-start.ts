import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { AppPage } from '../support/app-page.ts';
import { AppServer } from '../support/app-server.ts';
import { noise } from '../support/audio-body.ts';
import { type BrowserOptions, BrowserProfile } from '../support/browser.ts';
import { PodcastOrigin } from '../support/podcast-origin.ts';
import type { Comparison } from './figures.ts';

const ROUNDS = 8;
/** On a slow machine there are fewer rounds. */
const ENOUGH_MS = 40_000;
/** A server that goes or comes, and a page that loses it, keep the machine busy for a moment. */
const SETTLE_MS = 1_000;

/** From navigation to the first row of the list: with the server gone, beside the same with it there. */
export async function offlineStart(options: BrowserOptions): Promise<Comparison[]> {
  const origin = await PodcastOrigin.start();
  const server = await AppServer.start({ allowAddresses: [origin.host] });
  const profile = await BrowserProfile.create(options, server.address);
  try {
    const feed = origin.addFeed({
      title: 'Daily',
      episodes: Array.from({ length: 60 }, (_, index) => ({
        title: `Day ${index + 1}`,
        audio: noise({ sizeBytes: 900_000, seed: index }),
      })),
    });
    const page = await profile.page();
    await page.addInitScript(noteFirstRow);
    const app = new AppPage(page);
    await app.open();
    await app.subscribe(feed.url);
    await app.episode('Day 1').waitForStatus('Not downloaded');
    await app.worksOffline();

    const ours: number[] = [];
    const peer: number[] = [];
    // A browser on a busy machine may give a navigation up; the next one is as good.
    const begin = () => start(page).catch(() => start(page));
    await begin();
    const endsAt = performance.now() + ENOUGH_MS;
    for (let round = 0; round < ROUNDS && performance.now() < endsAt; round += 1) {
      peer.push(await begin());
      await server.stop();
      ours.push(await begin());
      await server.restart();
    }
    const name = `start to list, offline beside online, ${options.browserKind}`;
    return [{ name, unit: 'ms', ours, peer, goal: { atMost: 1.1 } }];
  } finally {
    await profile.dispose();
    await server.close();
    await origin.close();
  }
}

/** Opens the list anew; resolves with the ms from the beginning of the navigation to its first row. */
export async function start(page: Page): Promise<number> {
  await page.goto('about:blank');
  await delay(SETTLE_MS);
  await page.goto('/#/episodes', { waitUntil: 'commit' });
  const shown = await page.waitForFunction(
    () => (window as unknown as { firstRowAt?: number }).firstRowAt,
  );
  return (await shown.jsonValue()) ?? Number.NaN;
}

/** Runs in the page, before anything else does: looks once per frame, through all shadow roots. */
export function noteFirstRow(): void {
  const hasRow = (root: ParentNode): boolean =>
    root.querySelector('sa-episode-row') !== null ||
    Array.from(root.querySelectorAll('*')).some(
      ({ shadowRoot }) => shadowRoot && hasRow(shadowRoot),
    );
  const look = () => {
    if (hasRow(document)) Object.assign(window, { firstRowAt: performance.now() });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
