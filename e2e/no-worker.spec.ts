import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';

test('a window without service workers says what it cannot do, shows what is there and plays it', async ({
  app,
  origin,
  profile,
}) => {
  const feed = origin.addFeed({
    title: 'On Air',
    episodes: [{ title: 'Streamed', audio: wav({ durationS: 300, seed: 41 }) }],
  });
  await app.subscribe(feed.url);
  await app.episode('Streamed').waitForStatus('Not downloaded');

  const bare = new AppPage(await profile.context.newPage());
  await bare.page.addInitScript(() => {
    // As in some private windows.
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
  });
  await bare.open();
  expect(await bare.page.evaluate(() => 'serviceWorker' in navigator)).toBe(false);
  await expect(bare.page.getByText('cannot keep podcasts or episodes')).toBeVisible();
  await bare.go('Episodes');
  await bare.episode('Streamed').play();
  await bare.player.isPlaying();
  await expect(bare.episode('Streamed').button('Download')).toHaveCount(0);
  await bare.go('Library');
  await bare.subscribe(feed.url);
  await expect(bare.page.getByRole('alert').getByText('cannot keep podcasts')).toBeVisible();
  for (const destination of ['Downloads', 'Search', 'Settings', 'Inspector'] as const) {
    await bare.go(destination);
    await expect(bare.page.getByRole('heading', { level: 1, name: destination })).toBeVisible();
  }
  await bare.go('Search');
  await bare.page.getByRole('searchbox').fill('ferry');
  await bare.page.keyboard.press('Enter');
  const everywhere = bare.page.getByRole('region', { name: 'All podcasts' });
  await expect(everywhere.getByText('cannot keep podcasts')).toBeVisible();
  expect(profile.log.filter((line) => line.startsWith('uncaught'))).toEqual([]);
});
