import { expect } from '@playwright/test';
import type { AppPage } from '../support/app-page.ts';
import { noise } from '../support/audio-body.ts';
import { audit, newTally, type Tally } from './tally.ts';
import { openApp, type World } from './world.ts';

/** What a browser may take away, in the words of the DevTools protocol. */
export const evictions = ['all', 'indexeddb', 'cache_storage', 'service_workers'] as const;
export type Eviction = (typeof evictions)[number];
/** Outside of a test nobody else says how long to wait. */
const PATIENCE = { timeout: 60_000 };

/**
 * The browser takes one kind of storage away, with one episode here and one half here. With the rows
 * goes the library, and the app says so; without them everything goes on where it was.
 */
export async function eviction(world: World, kind: Eviction): Promise<Tally> {
  const { origin, server } = world;
  const tally = newTally();
  const feed = origin.addFeed({
    title: 'On Loan',
    episodes: [
      { title: 'Whole', audio: noise({ sizeBytes: 900_000, seed: 81 }) },
      { title: 'Half', audio: noise({ sizeBytes: 3_000_000, seed: 82 }) },
    ],
  });
  const app = await openApp(world);
  await app.subscribe(feed.url);
  await app.episode('Whole').download();
  await app.episode('Whole').waitForStatus('Downloaded');
  feed.episode('Half').set({ bytesPerSecond: 600_000 });
  await app.episode('Half').download();
  await expect.poll(() => app.episode('Half').progress(), PATIENCE).toBeGreaterThan(0.3);
  await app.worksOffline();

  const session = await app.page.context().newCDPSession(app.page);
  const storageTypes = kind === 'all' ? 'all' : kind;
  await session.send('Storage.clearDataForOrigin', { origin: server.address, storageTypes });
  feed.episode('Half').set({ bytesPerSecond: Number.POSITIVE_INFINITY });
  await app.open();
  if (kind === 'all' || kind === 'indexeddb') await libraryIsGone(app, kind, feed.url);
  await app.go('Episodes');
  for (const title of ['Whole', 'Half']) {
    await app.episode(title).waitForStatus('Downloaded', { timeoutMs: 60_000 });
  }
  await audit(app.page, feed, tally);
  tally.times = 1;
  return tally;
}

async function libraryIsGone(app: AppPage, kind: Eviction, feedUrl: string): Promise<void> {
  // With everything goes the cookie, and with it the knowledge that there was a library.
  if (kind === 'indexeddb') {
    const heading = { level: 1, name: 'Your library was removed' } as const;
    await expect(app.page.getByRole('heading', heading)).toBeVisible(PATIENCE);
  }
  await app.subscribe(feedUrl);
  for (const title of ['Whole', 'Half']) {
    await app.episode(title).waitForStatus('Not downloaded');
    await app.episode(title).download();
  }
}
