import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';
import { expectNoWorker, tryUpdate } from './support/worker-updates.ts';

test('the kill switch takes the worker away and nothing else, and a good deploy brings all back', async ({
  app,
  origin,
  profile,
  server,
}) => {
  test.slow();
  const feed = origin.addFeed({
    title: 'Still There',
    episodes: [{ title: 'Kept', audio: wav({ durationS: 300, seed: 31 }) }],
  });
  await app.subscribe(feed.url);
  const row = app.episode('Kept');
  await row.download();
  await row.waitForStatus('Downloaded');
  await app.worksOffline();
  const second = new AppPage(await profile.context.newPage());
  await second.open();

  await server.deploy('kill-switch');
  const loadedAnew = second.page.waitForEvent('load');
  // The page may be loaded anew before it can answer.
  await tryUpdate(app.page).catch(() => undefined);
  await loadedAnew;
  for (const page of [app, second]) {
    await page.reload();
    await expect(page.page.getByText('cannot keep podcasts or episodes')).toBeVisible();
    await expectNoWorker(page.page);
  }
  await app.go('Episodes');
  await app.reload();
  await row.waitForStatus('Downloaded');
  await expectNoWorker(app.page);
  expect(await app.page.evaluate(async () => (await caches.keys()).join())).not.toContain('shell');
  // It plays from its host, as long as there is a network.
  await row.play();
  await app.player.isPlaying();

  await server.deploy('next');
  await app.reload();
  await app.worksOffline();
  origin.set({ status: 503 });
  await app.reload();
  await row.waitForStatus('Downloaded');
  await row.play();
  await app.player.isPlaying();
  const { sha256 } = await digestOfPlayedAudio(app.page);
  expect(sha256).toBe(feed.episode('Kept').digest());
});
