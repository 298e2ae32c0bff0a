import { AppPage } from './support/app-page.ts';
import { pressNotification, shownNotifications } from './support/notifications.ts';
import { test as base, expect } from './support/test.ts';
import { WakeUpCalls } from './support/wake-up-calls.ts';

/** The podcast host is the directory as well. */
const test = base.extend({
  serverEnv: async ({ origin }, use) => {
    await use({ GATEWAY_ITUNES_URL: `http://${origin.host}/` });
  },
});

test('a search made without a network is answered when it is back, with no page open, and told of', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const results = [
    { collectionName: 'Night Ferry', feedUrl: 'https://ferry.example/feed.xml', trackCount: 2 },
  ];
  const { resource } = origin.addPage(
    '/search',
    JSON.stringify({ resultCount: 1, results }),
    'text/javascript',
  );
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  await calls.allow('notifications');
  await app.worksOffline();
  await app.go('Search');
  await profile.context.setOffline(true);
  const field = app.page.getByRole('searchbox', { name: 'Podcasts, episodes and show notes' });
  await field.fill('night ferry');
  await field.press('Enter');
  await expect(app.page.getByText(/Waiting for network\. All podcasts are searched/)).toBeVisible();
  await app.page.close();

  await profile.context.setOffline(false);
  await expect.poll(() => resource.requests.length, { timeout: 30_000 }).toBe(1);
  await expect
    .poll(() => shownNotifications(profile.context), { timeout: 30_000 })
    .toEqual([{ title: '1 podcast found for “night ferry”', body: 'Press to see what there is.' }]);

  // What a press on it leads to: the answer is here, also without a network.
  await profile.context.setOffline(true);
  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open('/#/settings');
  await pressNotification(profile.context);
  await expect(reopened.page).toHaveURL(/#\/search\/night%20ferry$/);
  await expect(
    reopened.page.getByRole('button', { name: 'Subscribe to Night Ferry' }),
  ).toBeVisible();
});

test('where notifications are denied, a kept search is answered all the same, and nothing asks again', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const results = [
    { collectionName: 'Night Ferry', feedUrl: 'https://ferry.example/feed.xml', trackCount: 2 },
  ];
  const { resource } = origin.addPage(
    '/search',
    JSON.stringify({ resultCount: 1, results }),
    'text/javascript',
  );
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  await calls.deny('notifications');
  await app.worksOffline();
  await app.page.evaluate(countRequests);
  await app.go('Search');
  await profile.context.setOffline(true);
  const field = app.page.getByRole('searchbox', { name: 'Podcasts, episodes and show notes' });
  await field.fill('night ferry');
  await field.press('Enter');
  const waiting = app.page.getByText(/Waiting for network\. All podcasts are searched/);
  await expect(waiting).toHaveText(
    'Waiting for network. All podcasts are searched for “night ferry” when there is one, and the answer is kept here.',
  );
  await expect(app.page.getByRole('button', { name: 'Tell me when it is answered' })).toHaveCount(
    0,
  );
  await app.go('Library');
  const kept = app.page.getByRole('region', { name: 'Waiting for network' });
  await expect(kept.getByText('Search for “night ferry”')).toBeVisible();
  await app.go('Settings');
  await expect(app.page.getByRole('switch', { name: 'Announce new episodes' })).toBeDisabled();
  expect(await app.page.evaluate(() => Reflect.get(globalThis, 'permissionRequests'))).toBe(0);
  await app.page.close();

  await profile.context.setOffline(false);
  await expect.poll(() => resource.requests.length, { timeout: 30_000 }).toBe(1);
  await profile.context.setOffline(true);
  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open('/#/search/night%20ferry');
  await expect(
    reopened.page.getByRole('button', { name: 'Subscribe to Night Ferry' }),
  ).toBeVisible();
  expect(await shownNotifications(profile.context)).toEqual([]);
  await reopened.go('Library');
  await expect(reopened.page.getByText(/Search for/)).toHaveCount(0);
});

/** Runs in the page: how often it asks for notifications, from now on. */
function countRequests(): void {
  Reflect.set(globalThis, 'permissionRequests', 0);
  const { requestPermission } = Notification;
  Notification.requestPermission = (...args) => {
    const before: number = Reflect.get(globalThis, 'permissionRequests');
    Reflect.set(globalThis, 'permissionRequests', before + 1);
    return requestPermission.apply(Notification, args);
  };
}
