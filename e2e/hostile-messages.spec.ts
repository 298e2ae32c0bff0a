import type { BrowserContext, Page } from '@playwright/test';
import { AppPage } from './support/app-page.ts';
import { noise } from './support/audio-body.ts';
import { flood } from './support/flood.ts';
import { expect, test } from './support/test.ts';

test('a page that floods the worker with 10,000 messages a second leaves the app usable', async ({
  app,
  origin,
  profile,
  browserKind,
}) => {
  const titles = ['Before', 'During', 'After'];
  const feed = origin.addFeed({
    title: 'Calm Sea',
    episodes: titles.map((title, seed) => ({ title, audio: noise({ sizeBytes: 900_000, seed }) })),
  });
  await app.subscribe(feed.url);
  await app.episode('Before').download();
  await app.episode('Before').waitForStatus('Downloaded');
  const worker =
    browserKind === 'chromium' ? await watchWorker(profile.context, app.page) : undefined;

  const stranger = await profile.context.newPage();
  await new AppPage(stranger).open('/#/settings');
  const flooding = flood(stranger, { perSecond: 10_000, forMs: 5_000 });
  await app.episode('During').download();
  await app.episode('During').waitForStatus('Downloaded');
  const sent = await flooding;
  console.log(sent);
  expect(sent.posted).toBeGreaterThan(40_000);
  // Every valid one was answered, in one way or another.
  await expect.poll(() => sent.asked - 0).toBeGreaterThan(0);

  await app.episode('After').download();
  await app.episode('After').waitForStatus('Downloaded');
  console.log(worker?.errors);
});

async function watchWorker(context: BrowserContext, page: Page) {
  const errors: unknown[] = [];
  const session = await context.newCDPSession(page);
  session.on('ServiceWorker.workerErrorReported', ({ errorMessage }) => errors.push(errorMessage));
  await session.send('ServiceWorker.enable');
  return { errors };
}
