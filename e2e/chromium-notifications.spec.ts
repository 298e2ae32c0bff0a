import type { BrowserContext } from '@playwright/test';
import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
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
  await press(profile.context);
  await expect(reopened.page).toHaveURL(/#\/downloads$/);
  await expect.poll(() => shownNotifications(profile.context)).toEqual([]);
});

/** The part of the worker's scope that these tests use. */
interface WorkerScope {
  registration: ServiceWorkerRegistration;
  dispatchEvent(event: Event): boolean;
  NotificationEvent: new (type: string, init: { notification: Notification | undefined }) => Event;
}

/** As the worker knows them: a page that asks would be a window in sight. */
async function shownNotifications(
  context: BrowserContext,
): Promise<{ title: string; body: string }[]> {
  const worker = context.serviceWorkers().at(-1);
  const shown = worker?.evaluate(async () => {
    const { registration } = self as unknown as WorkerScope;
    const notifications = await registration.getNotifications();
    return notifications.map(({ title, body }) => ({ title, body }));
  });
  // The browser may have ended it in this moment.
  return (await shown?.catch(() => undefined)) ?? [];
}

/**
 * A press on a notification cannot be automated: the real worker gets the event that one would
 * cause, about the real notification. It is not a person's, so the window may not be focused.
 */
async function press(context: BrowserContext): Promise<void> {
  await context
    .serviceWorkers()
    .at(-1)
    ?.evaluate(async () => {
      const scope = self as unknown as WorkerScope;
      const [notification] = await scope.registration.getNotifications();
      scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
    });
}
