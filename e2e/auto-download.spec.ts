import type { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import type { EpisodeOptions } from './support/podcast-origin.ts';
import { expect, test } from './support/test.ts';

const episode = (title: string, seed: number): EpisodeOptions => ({
  title,
  audio: wav({ durationS: 5, seed }),
});

/** Opens what becomes of new episodes, on the podcast's page. */
async function openRules({ page }: AppPage): Promise<void> {
  await page.getByRole('heading', { name: 'New episodes' }).click();
}

const auto = ({ page }: AppPage) =>
  page.getByRole('switch', { name: 'Download new episodes by itself' });

test('switched on, it takes what it said it would, and none of the back catalogue', async ({
  app,
  origin,
}) => {
  const titles = ['Six', 'Five', 'Four', 'Three', 'Two', 'One'];
  const episodes = titles.map((title, index) => episode(title, 200 + index));
  const feed = origin.addFeed({ title: 'Countdown', episodes });
  await app.subscribe(feed.url);
  await app.episode('Six').waitForStatus('Not downloaded');
  await openRules(app);
  await app.page.getByLabel('At most at once').selectOption('The newest 2');
  // Key by key, as a person does: Firefox knows no change of what a script has filled in.
  await app.page.getByLabel('Title does not contain').pressSequentially('five');
  await app.page.keyboard.press('Tab');
  await expect(app.page.getByText('Switched on now, it takes “Six” and “Four”.')).toBeVisible();
  await auto(app).click();
  await app.episode('Six').waitForStatus('Downloaded');
  await app.episode('Four').waitForStatus('Downloaded');

  // All that it will ever do about these: a feed that is read again changes nothing.
  await app.page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await expect(app.page.getByText('Up to date.')).toBeVisible();
  for (const title of ['Five', 'Three', 'Two', 'One']) {
    await app.episode(title).waitForStatus('Not downloaded');
    expect(feed.episode(title).requests).toEqual([]);
  }
});

test('a new episode comes by itself with the refresh of all, is marked as new, and stays deleted', async ({
  app,
  origin,
}) => {
  const followed = origin.addFeed({ title: 'Followed', episodes: [episode('Old', 210)] });
  await app.subscribe(followed.url);
  await app.episode('Old').waitForStatus('Not downloaded');
  await openRules(app);
  await app.page.getByLabel('At most at once').selectOption('The newest one');
  await auto(app).click();
  await app.episode('Old').waitForStatus('Downloaded');
  await app.go('Library');
  const other = origin.addFeed({ title: 'Other', episodes: [episode('Elsewhere', 211)] });
  await app.subscribe(other.url);
  await app.episode('Elsewhere').waitForStatus('Not downloaded');

  followed.publish(episode('Fresh', 212));
  other.publish(episode('Left alone', 213));
  await app.go('Library');
  await app.page.getByRole('button', { name: 'Refresh all' }).click();
  await expect(app.page.getByText('Refreshed.')).toBeVisible();
  await expect(app.page.getByRole('link', { name: /^New episodes\. Followed/ })).toBeVisible();
  await app.go('Episodes');
  await app.episode('Fresh').waitForStatus('Downloaded');
  await app.episode('Left alone').waitForStatus('Not downloaded');
  await expect(app.episode('Fresh').locator.getByText('New.')).toBeAttached();
  await expect(app.episode('Left alone').locator.getByText('New.')).toBeAttached();
  await expect(app.episode('Old').locator.getByText('New.')).not.toBeAttached();

  // Looked at, they are new no more.
  await app.go('Library');
  await expect(app.page.getByRole('link', { name: /^Followed/ })).toBeVisible();
  await app.go('Episodes');
  await app.episode('Fresh').waitForStatus('Downloaded');
  await expect(app.page.getByText('New.')).toHaveCount(0);

  await app.episode('Fresh').delete();
  await app.episode('Fresh').waitForStatus('Not downloaded');
  const asked = followed.episode('Fresh').requests.length;
  followed.publish(episode('Fresher', 214));
  await app.page.getByRole('button', { name: 'Refresh all' }).click();
  await app.episode('Fresher').waitForStatus('Downloaded');
  await app.episode('Fresh').waitForStatus('Not downloaded');
  expect(followed.episode('Fresh').requests).toHaveLength(asked);
});

test('one podcast that cannot be read says so, and the others are refreshed', async ({
  app,
  origin,
}) => {
  const gone = origin.addFeed({ title: 'Gone', episodes: [episode('Last words', 220)] });
  await app.subscribe(gone.url);
  await app.episode('Last words').waitForStatus('Not downloaded');
  await app.go('Library');
  const alive = origin.addFeed({ title: 'Alive', episodes: [episode('Hello', 221)] });
  await app.subscribe(alive.url);
  await app.episode('Hello').waitForStatus('Not downloaded');
  gone.resource.set({ status: 404 });
  alive.publish(episode('Hello again', 222));
  await app.go('Library');
  await app.page.getByRole('button', { name: 'Refresh all' }).click();
  await expect(app.page.getByText('1 podcast failed.')).toBeVisible();
  await app.page.getByRole('link', { name: /Gone.*Not refreshed/ }).click();
  await expect(app.page.getByText(/The last refresh failed/)).toBeVisible();
  await app.go('Episodes');
  await app.episode('Hello again').waitForStatus('Not downloaded');
});
