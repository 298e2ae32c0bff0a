import { digestOfAddress } from './support/player.ts';
import { expect, test } from './support/test.ts';

const SAMPLE_EPISODES = ['Nothing overboard', 'When the network goes', 'Cargo in crates'];

test('the first screen explains itself, and the sample podcast is one tap away', async ({
  app,
}) => {
  await expect(app.addressField).toBeVisible();
  await expect(app.page.getByText('what it says is downloaded, plays')).toBeVisible();
  await app.page.getByRole('button', { name: 'Try the sample podcast' }).click();

  await expect(app.page.getByRole('heading', { level: 1, name: /Below Deck/ })).toBeVisible();
  for (const title of SAMPLE_EPISODES) await app.episode(title).waitForStatus('Not downloaded');
});

test('the sample podcast downloads, plays and brings its chapters and transcript', async ({
  app,
  server,
}) => {
  const [title = ''] = SAMPLE_EPISODES;
  await app.page.getByRole('button', { name: 'Try the sample podcast' }).click();
  const row = app.episode(title);
  await row.download();
  await row.waitForStatus('Downloaded');

  await row.play();
  await app.player.isPlaying();
  const stored = await digestOfAddress(app.page, await app.player.source());
  expect(stored).toEqual(await digestOfAddress(app.page, `${server.address}/sample/episode-4.mp3`));

  await server.stop();
  await row.locator.getByRole('link', { name: title, exact: true }).click();
  await expect(app.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(app.page.getByRole('heading', { name: 'Chapters' })).toBeVisible();
  await expect(app.page.getByText('Transcript').first()).toBeVisible();
});
