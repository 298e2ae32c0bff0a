import type { Page } from '@playwright/test';
import { AppPage } from './support/app-page.ts';
import { pngSquare } from './support/artwork.ts';
import { noise } from './support/audio-body.ts';
import type { EpisodeRow } from './support/episode-row.ts';
import { age, areKept, showsPicture } from './support/kept-files.ts';
import type { EpisodeOptions } from './support/podcast-origin.ts';
import { expect, test } from './support/test.ts';

const BLUE = [29, 53, 87] as const;
const RED = [230, 57, 70] as const;

function withCompanions(title: string): EpisodeOptions {
  return {
    title,
    audio: noise({ sizeBytes: 100_000, seed: 3 }),
    image: pngSquare(300, BLUE),
    chapters: ['Casting off', 'Open water'],
    transcript: 'WEBVTT\n\n00:00.000 --> 00:05.000\nNobody has read this yet.\n',
  };
}

const ways: Record<string, (row: EpisodeRow) => Promise<void>> = {
  hovered: (row) => row.locator.hover(),
  'scrolled to': (row) => row.locator.scrollIntoViewIfNeeded(),
};

for (const [way, lookAt] of Object.entries(ways)) {
  test(`an episode that was only ${way} is all there without a network, but for its sound`, async ({
    app,
    origin,
    server,
  }) => {
    const above = Array.from({ length: 30 }, (_, index) => ({
      title: `Above ${index}`,
      audio: noise({ sizeBytes: 100_000, seed: index }),
    }));
    const feed = origin.addFeed({
      title: 'Far Down',
      episodes: [...above, withCompanions('Never opened')],
    });
    const { image, chapters, transcript } = feed.episode('Never opened').companions;
    await app.subscribe(feed.url);
    const row = app.episode('Never opened');
    await app.episode('Above 0').waitForStatus('Not downloaded');
    await app.worksOffline();
    await areKept(app.page, origin.host, [feed.artwork]);
    expect(chapters?.requests).toEqual([]);

    await lookAt(row);
    await areKept(app.page, origin.host, [image, chapters, transcript]);
    await server.stop();
    origin.set({ status: 503 });

    await row.locator.getByRole('link', { name: row.title }).click();
    await expect(app.page.getByRole('heading', { level: 1, name: row.title })).toBeVisible();
    await expect(app.page.getByText('Open water')).toBeVisible();
    await app.page.getByText('Read the transcript').click();
    await expect(app.page.getByText('Nobody has read this yet.')).toBeVisible();
    await showsPicture(app.page.locator('sa-episode-page'), 300);
  });
}

test('with Save-Data nothing is asked for ahead', async ({ profile, origin }) => {
  const page = await profile.page();
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'connection', { value: { saveData: true } });
  });
  await page.clock.install();
  const app = new AppPage(page);
  await app.open();
  const [spared, wanted] = ['Spared', 'Wanted'].map((title) =>
    origin.addFeed({ title, episodes: [withCompanions(`${title} episode`)] }),
  );
  if (!spared || !wanted) throw new Error('two feeds');
  await app.subscribe(spared.url);
  const row = app.episode('Spared episode');
  await row.waitForStatus('Not downloaded');
  await row.locator.hover();
  // Longer than a pointer has to rest, and than scrolling has to.
  await page.clock.runFor(5000);

  await app.go('Library');
  await expect(app.addressField).toBeVisible();
  await page.evaluate(() => {
    const { connection } = navigator as { connection?: object };
    Object.assign(connection ?? {}, { saveData: false });
  });
  await app.subscribe(wanted.url);
  await app.episode('Wanted episode').waitForStatus('Not downloaded');
  const { chapters, transcript } = wanted.episode('Wanted episode').companions;
  await areKept(page, origin.host, [chapters, transcript]);
  expect(spared.episode('Spared episode').companions.chapters?.requests).toEqual([]);
  expect(spared.episode('Spared episode').companions.transcript?.requests).toEqual([]);
});

test('a picture that its host has exchanged is shown at once as it was, then by itself as it is', async ({
  app,
  origin,
}) => {
  const feed = origin.addFeed({
    title: 'New Paint',
    episodes: [{ title: 'One', audio: noise({ sizeBytes: 100_000, seed: 1 }) }],
  });
  await app.subscribe(feed.url);
  await app.episode('One').waitForStatus('Not downloaded');
  await app.worksOffline();
  await areKept(app.page, origin.host, [feed.artwork]);
  await app.go('Library');
  const card = app.page.getByRole('listitem').filter({ hasText: 'New Paint' });
  await showsPicture(card, 600);

  feed.replaceArtwork(pngSquare(400, RED));
  feed.artwork.set({ fault: { kind: 'stall', afterBytes: 0 } });
  const asked = feed.artwork.requests.length;
  await age(app.page);
  await app.reload();
  await showsPicture(card, 600);
  await expect.poll(() => feed.artwork.requests.length).toBeGreaterThan(asked);
  await showsPicture(card, 600);

  feed.artwork.set({ fault: undefined });
  await showsPicture(card, 400);
  origin.set({ status: 503 });
  await app.reload();
  await showsPicture(card, 400);
});

test('says once on a device that it now opens without a connection', async ({ app, server }) => {
  const news = app.page.getByText('It opens without a connection, too.');
  await expect(news).toBeVisible();
  await app.page.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(news).toBeHidden();

  // Installed once more, as after a repair: that is no news.
  await app.page.evaluate(async () => (await navigator.serviceWorker.ready).unregister());
  await app.reload();
  await isActivated(app.page);
  await expect(news).toBeHidden();

  await app.worksOffline();
  await server.stop();
  await app.reload();
  await expect(app.addressField).toBeVisible();
});

async function isActivated(page: Page): Promise<void> {
  const state = () =>
    page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await expect.poll(state).toBe('activated');
}
