import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { LostAnswers } from './support/lost-answers.ts';
import type { PodcastOrigin } from './support/podcast-origin.ts';
import { expect, test } from './support/test.ts';

function aFeed(origin: PodcastOrigin, title: string) {
  return origin.addFeed({
    title,
    episodes: [{ title: `${title}, one`, audio: wav({ durationS: 5, seed: 91 }) }],
  });
}

test('subscribed to while the server is gone, a podcast is there at once and fills itself', async ({
  app,
  origin,
  server,
}) => {
  const feed = aFeed(origin, 'Harbour Lights');
  await app.worksOffline();
  await server.stop();
  await app.subscribe(feed.url);
  await expect(app.page.getByText(/^Waiting for network\. You are subscribed/)).toBeVisible();
  await app.go('Library');
  await expect(app.page.getByText(/Subscribe to 127\.0\.0\.1/)).toBeVisible();

  await server.restart();
  await expect(app.page.getByRole('link', { name: /Harbour Lights/ })).toBeVisible({
    timeout: 30_000,
  });
  await expect(app.page.getByText(/Subscribe to/)).toHaveCount(0);
});

test('what is accepted survives a browser that is killed, and is done at the next start', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const feed = aFeed(origin, 'After the Crash');
  await app.worksOffline();
  await server.stop();
  await app.subscribe(feed.url);
  await expect(app.page.getByText(/^Waiting for network\. You are subscribed/)).toBeVisible();
  await profile.kill();
  await server.restart();
  await profile.relaunch();
  const reopened = new AppPage(await profile.page());
  await reopened.open();
  const link = reopened.page.getByRole('link', { name: /After the Crash/ });
  await expect(link).toBeVisible({ timeout: 30_000 });
  await expect(link).toHaveCount(1);
});

test('a server that did it, and whose answer is lost, is asked again under the same key', async ({
  page,
  origin,
  server,
}) => {
  const feed = aFeed(origin, 'Twice Asked');
  const between = await LostAnswers.start(server.port);
  try {
    const app = new AppPage(page);
    await app.open(between.address);
    await app.worksOffline();
    await server.stop();
    await app.subscribe(feed.url);
    await expect(app.page.getByText(/^Waiting for network\. You are subscribed/)).toBeVisible();
    between.toLose = 1;
    await server.restart();
    await app.go('Library');
    const link = app.page.getByRole('link', { name: /Twice Asked/ });
    await expect(link).toBeVisible({ timeout: 30_000 });
    await expect(link).toHaveCount(1);
    expect(between.toLose).toBe(0);
    expect(new Set(between.keys).size, 'every try is the same to the server').toBe(1);
  } finally {
    await between.close();
  }
});

test('what is refused stays, says why, and is the person’s to decide', async ({
  app,
  origin,
  server,
}) => {
  const feed = aFeed(origin, 'Gone for Good');
  feed.resource.set({ status: 410 });
  await app.worksOffline();
  await server.stop();
  await app.subscribe(feed.url);
  await expect(app.page.getByText(/^Waiting for network\. You are subscribed/)).toBeVisible();
  await server.restart();
  await app.go('Library');
  const needsYou = app.page.getByRole('region', { name: 'Needs you' });
  await expect(needsYou.getByText(/no podcast at that address \(error 410\)/)).toBeVisible({
    timeout: 30_000,
  });
  feed.resource.set({ status: 200 });
  await needsYou.getByRole('button', { name: /^Retry: Subscribe to/ }).click();
  await expect(app.page.getByRole('link', { name: /Gone for Good/ })).toBeVisible();
  await expect(needsYou).toHaveCount(0);
});
