import { wav } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';

test('with the server and every host gone, a reload brings the app, and what is downloaded plays anywhere', async ({
  app,
  origin,
  server,
}) => {
  const feed = origin.addFeed({
    title: 'For the Plane',
    episodes: [
      { title: 'Taken along', audio: wav({ durationS: 600, seed: 11 }) },
      { title: 'Left behind', audio: wav({ durationS: 600, seed: 12 }) },
    ],
  });
  await app.subscribe(feed.url);
  const row = app.episode('Taken along');
  await row.download();
  await row.waitForStatus('Downloaded');
  await app.worksOffline();
  await server.stop();
  origin.set({ status: 503 });

  await app.reload();
  await row.waitForStatus('Downloaded');
  await app.episode('Left behind').waitForStatus('Not downloaded');
  await app.go('Library');
  await expectArtwork(app.page.getByRole('listitem').filter({ hasText: 'For the Plane' }));

  await app.go('Episodes');
  await row.play();
  await app.player.isPlaying();
  await app.player.seekTo(0.8);
  await app.player.seekTo(0.05);
  expect(await app.player.source()).toContain('/media/');
});

test('without a connection the app says so, calmly', async ({ app, profile }) => {
  await app.worksOffline();
  await profile.context.setOffline(true);
  await expect(app.page.getByText('No connection')).toBeVisible();
  await profile.context.setOffline(false);
  await expect(app.page.getByText('No connection')).toBeHidden();
});

test('a page that a forced reload left without a worker still plays', async ({
  app,
  origin,
  browserKind,
}) => {
  const feed = origin.addFeed({
    title: 'Hard Reload',
    episodes: [{ title: 'Still here', audio: wav({ durationS: 300, seed: 13 }) }],
  });
  await app.subscribe(feed.url);
  const row = app.episode('Still here');
  await row.download();
  await row.waitForStatus('Downloaded');
  origin.set({ status: 503 });

  const reloaded = app.page.waitForEvent('load');
  if (browserKind === 'chromium') {
    const session = await app.page.context().newCDPSession(app.page);
    await session.send('Page.reload', { ignoreCache: true });
  } else {
    // Firefox still takes the argument that the standard no longer has.
    await app.page.evaluate(() => (location.reload as (forced: boolean) => void)(true));
  }
  await reloaded;
  await expect
    .poll(() => app.page.evaluate(() => navigator.serviceWorker.controller === null))
    .toBe(true);
  await row.waitForStatus('Downloaded');
  await row.play();
  await app.player.isPlaying();
  expect(await app.player.source()).toContain('/media/');
});

test('a page whose code cannot be had says so after one fresh try, and opens once it can', async ({
  app,
}) => {
  await app.worksOffline();
  await app.page.evaluate(inStoredCode, 'spoil');
  await app.go('Settings');
  await expect(app.page.getByText('This page could not be opened')).toBeVisible();
  expect(await app.page.evaluate(kindOfNavigation)).toBe('reload');

  await app.page.evaluate(inStoredCode, 'mend');
  await app.page.getByRole('button', { name: 'Try again', exact: true }).click();
  await expect(app.page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
});

/** Runs in the page. */
function kindOfNavigation(): string | undefined {
  const [navigation] = performance.getEntriesByType('navigation');
  return (navigation as PerformanceNavigationTiming | undefined)?.type;
}

/** Runs in the page: makes the stored code of the settings useless, or lets the worker fetch it. */
async function inStoredCode(what: string): Promise<void> {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!request.url.includes('/settings-page')) continue;
      if (what === 'spoil') await cache.put(request, new Response('', { status: 503 }));
      else await cache.delete(request);
    }
  }
}

/** Every image in there is loaded, and there is one. */
async function expectArtwork(place: import('@playwright/test').Locator): Promise<void> {
  await expect
    .poll(() =>
      place
        .locator('img')
        .evaluateAll((images: HTMLImageElement[]) =>
          images.map((image) => image.complete && image.naturalWidth > 0),
        ),
    )
    .toEqual([true]);
}
