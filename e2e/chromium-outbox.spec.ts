import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';
import { WakeUpCalls } from './support/wake-up-calls.ts';

const TAG = 'workbox-background-sync:outbox';

test('subscribed to without a network, a podcast comes when it is back, with no page open', async ({
  app,
  origin,
  profile,
}) => {
  const feed = origin.addFeed({
    title: 'Down in the Lift',
    episodes: [{ title: 'Third floor', audio: wav({ durationS: 5, seed: 92 }) }],
  });
  await app.worksOffline();
  await profile.context.setOffline(true);
  await app.subscribe(feed.url);
  await expect(app.page.getByText(/^Waiting for network\. You are subscribed/)).toBeVisible();
  await profile.context.newPage();
  await app.page.close();

  await profile.context.setOffline(false);
  await expect.poll(() => feed.resource.requests.length, { timeout: 30_000 }).toBe(1);
  await profile.context.setOffline(true);
  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open();
  await expect(reopened.page.getByRole('link', { name: /Down in the Lift/ })).toBeVisible();
});

test('a wake-up that comes twice, and for the last time, delivers once', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const feed = origin.addFeed({
    title: 'Last Chance',
    episodes: [{ title: 'Only', audio: wav({ durationS: 5, seed: 93 }) }],
  });
  await app.worksOffline();
  await server.stop();
  await app.subscribe(feed.url);
  await expect(app.page.getByText(/^Waiting for network\. You are subscribed/)).toBeVisible();
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  await app.page.close();
  await calls.stopWorkers();
  // Nobody answers: what waits is kept, also after the browser's last call.
  await calls.sync(TAG, true);
  await server.restart();
  await expect
    .poll(
      async () => {
        await Promise.all([calls.sync(TAG), calls.sync(TAG)]);
        return feed.resource.requests.length;
      },
      { timeout: 30_000, intervals: [1000] },
    )
    .toBe(1);
  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open();
  await expect(reopened.page.getByRole('link', { name: /Last Chance/ })).toBeVisible();
});

test('a periodic sync delivers what lies in the outbox', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const feed = origin.addFeed({
    title: 'Every Evening',
    episodes: [{ title: 'Tonight', audio: wav({ durationS: 5, seed: 94 }) }],
  });
  await app.worksOffline();
  await server.stop();
  await app.subscribe(feed.url);
  await expect(app.page.getByText(/^Waiting for network\. You are subscribed/)).toBeVisible();
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  await app.page.close();
  await calls.stopWorkers();
  await server.restart();
  // The first calls may come before it is time to try that host again.
  await expect
    .poll(
      async () => {
        await calls.periodicSync('podcasts');
        return feed.resource.requests.length;
      },
      { timeout: 30_000, intervals: [1000] },
    )
    .toBe(1);
  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open();
  await expect(reopened.page.getByRole('link', { name: /Every Evening/ })).toBeVisible();
  await expect(reopened.page.getByText(/Subscribe to/)).toHaveCount(0);
  await reopened.go('Settings');
  await expect(reopened.page.getByText(/: time to look for new episodes, /)).toBeVisible();
});
