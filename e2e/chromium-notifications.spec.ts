import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { pressNotification, shownNotifications } from './support/notifications.ts';
import { expect, test } from './support/test.ts';
import { WakeUpCalls } from './support/wake-up-calls.ts';

test('with no window open, a finished download is told of, and a press leads to Downloads', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const feed = origin.addFeed({
    title: 'Told',
    episodes: [{ title: 'Here it is', audio: wav({ durationS: 300, seed: 95 }) }],
  });
  const episode = feed.episode('Here it is');
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  await calls.allow('notifications');
  await app.open('/#/settings');
  const notify = app.page.getByRole('switch', { name: 'Tell me when a download is finished' });
  await expect(notify).not.toBeChecked();
  await notify.click();
  await expect(notify).toBeChecked();

  await app.go('Library');
  await app.subscribe(feed.url);
  origin.set({ bytesPerSecond: 500_000 });
  await app.episode('Here it is').download();
  await expect.poll(() => app.episode('Here it is').progress()).toBeGreaterThan(0.1);
  await app.page.close();
  origin.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
  await expect
    .poll(() => episode.bytesSent, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(episode.audio.sizeBytes);

  await expect
    .poll(() => shownNotifications(profile.context), { timeout: 60_000 })
    .toEqual([{ title: 'Downloaded: Here it is', body: 'Told' }]);

  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open('/#/settings');
  await pressNotification(profile.context);
  await expect(reopened.page).toHaveURL(/#\/downloads$/);
  await expect.poll(() => shownNotifications(profile.context)).toEqual([]);
});
