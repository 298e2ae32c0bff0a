import type { AppPage } from './support/app-page.ts';
import { noise } from './support/audio-body.ts';
import { showsPicture } from './support/kept-files.ts';
import type { OriginFeed, PodcastOrigin } from './support/podcast-origin.ts';
import type { Resource } from './support/resource.ts';
import { test as base, expect } from './support/test.ts';

/** The podcast host is the directory as well: it answers every question with what `listed` put there. */
const test = base.extend({
  serverEnv: async ({ origin }, use) => {
    await use({ GATEWAY_ITUNES_URL: `http://${origin.host}/` });
  },
});

const audio = noise({ sizeBytes: 100_000, seed: 1 });

function nightFerry(origin: PodcastOrigin): OriginFeed {
  return origin.addFeed({
    title: 'Night Ferry',
    episodes: [
      {
        title: 'Crossing the Élan Straits',
        audio,
        description: '<p>With a <b>lighthouse</b>.</p>',
      },
      { title: 'Harbour lights', audio },
    ],
  });
}

/** Has the directory know these feeds, and some that nobody should be shown. */
function listed(origin: PodcastOrigin, ...feeds: OriginFeed[]): Resource {
  const results = feeds.map((feed) => ({
    wrapperType: 'track',
    kind: 'podcast',
    collectionName: 'Night Ferry',
    artistName: 'Ada Example',
    feedUrl: feed.url,
    artworkUrl600: `http://${origin.host}${feed.artwork.path}`,
    trackCount: 2,
  }));
  const hostile = ['javascript:alert(1)', 'http://192.168.1.1/feed.xml'].map((feedUrl) => ({
    collectionName: 'Not to be shown',
    feedUrl,
  }));
  const json = JSON.stringify({ resultCount: 9, results: [...hostile, ...results] });
  return origin.addPage('/search', json, 'text/javascript').resource;
}

const field = (app: AppPage) =>
  app.page.getByRole('searchbox', { name: 'Podcasts, episodes and show notes' });
const here = (app: AppPage) => app.page.getByRole('region', { name: 'In your library' });
const everywhere = (app: AppPage) => app.page.getByRole('region', { name: 'All podcasts' });
const button = (app: AppPage, name: string) =>
  everywhere(app).getByRole('button', { name, exact: true });

async function search(app: AppPage, words: string): Promise<void> {
  await field(app).fill(words);
  await field(app).press('Enter');
}

test('a podcast is found among all podcasts, and subscribed to without knowing its address', async ({
  app,
  origin,
}) => {
  const directory = listed(origin, nightFerry(origin));
  await app.worksOffline();
  await app.go('Search');
  await search(app, 'night ferry');
  const row = everywhere(app).getByRole('listitem');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('Ada Example · 2 episodes');
  await showsPicture(row, 600);
  await expect(app.page.getByText('In the directory: 1 podcast.')).toBeAttached();

  await button(app, 'Subscribe to Night Ferry').click();
  await expect(button(app, 'Subscribed to Night Ferry')).toBeFocused();
  // The library is searched by the same words, and knows it at once.
  await expect(here(app).getByRole('link', { name: /^Night Ferry/ })).toBeVisible();

  await app.reload();
  await expect(field(app)).toHaveValue('night ferry');
  await expect(button(app, 'Subscribed to Night Ferry')).toBeVisible();
  await search(app, 'Night  FERRY');
  expect(directory.requests).toHaveLength(1);
  await everywhere(app).getByRole('link', { name: 'Night Ferry' }).click();
  await app.episode('Harbour lights').waitForStatus('Not downloaded');
});

test('without a network the library is searched, and what was found before is there', async ({
  app,
  origin,
  server,
}) => {
  const feed = nightFerry(origin);
  listed(origin, feed);
  await app.subscribe(feed.url);
  await app.episode('Harbour lights').waitForStatus('Not downloaded');
  await app.worksOffline();
  await app.go('Search');
  await search(app, 'ferry');
  await expect(button(app, 'Subscribed to Night Ferry')).toBeVisible();
  await server.stop();
  origin.set({ status: 503 });

  await app.reload();
  await expect(button(app, 'Subscribed to Night Ferry')).toBeVisible();
  const found: Record<string, string[]> = {
    'straits ELAN': ['Crossing the Élan Straits'],
    harb: ['Harbour lights'],
    'ferry lighthouse': ['Crossing the Élan Straits'],
    'lights harbour ferr': ['Harbour lights'],
    ferry: ['Crossing the Élan Straits', 'Harbour lights'],
  };
  for (const [words, titles] of Object.entries(found)) {
    await test.step(words, async () => {
      await field(app).fill(words);
      await expect(here(app).locator('sa-episode-row .title')).toHaveText(titles);
    });
  }
  await field(app).fill('nothing like it');
  await expect(here(app)).toContainText('Nothing here has “nothing like it”');
  await app.page.keyboard.press('Enter');
  await expect(everywhere(app)).toContainText('Waiting for network. All podcasts are searched');
});

test('whoever has never searched can do so without a network', async ({ app, origin, server }) => {
  const feed = nightFerry(origin);
  await app.subscribe(feed.url);
  await app.episode('Harbour lights').waitForStatus('Not downloaded');
  await app.worksOffline();
  await server.stop();
  await app.go('Search');
  await field(app).fill('harb');
  await expect(here(app).locator('sa-episode-row .title')).toHaveText(['Harbour lights']);
});

test('a directory that is down says so, disturbs nothing, and is asked again', async ({
  app,
  origin,
}) => {
  const feed = nightFerry(origin);
  const directory = listed(origin, feed);
  directory.set({ status: 503 });
  await app.subscribe(feed.url);
  await app.episode('Harbour lights').waitForStatus('Not downloaded');
  await app.go('Search');
  await search(app, 'harbour');
  await expect(here(app)).toContainText('Harbour lights');
  await expect(everywhere(app)).toContainText('The directory of podcasts does not answer just now');
  directory.set({ html: true, status: 200 });
  await button(app, 'Try again').click();
  await expect.poll(() => directory.requests.length).toBe(2);
  await expect(everywhere(app)).toContainText('does not answer just now');
  directory.set({ html: false });
  await button(app, 'Try again').click();
  await expect(button(app, 'Subscribed to Night Ferry')).toBeVisible();
  await expect(everywhere(app)).not.toContainText('does not answer');
});

test('a feed that is gone says why it cannot be subscribed to', async ({ app, origin }) => {
  const feed = nightFerry(origin);
  listed(origin, feed);
  feed.resource.set({ status: 410 });
  await app.go('Search');
  await search(app, 'ferry');
  await button(app, 'Subscribe to Night Ferry').click();
  await expect(everywhere(app).getByRole('alert').filter({ hasText: '410' })).toBeVisible();
  await expect(button(app, 'Subscribe to Night Ferry')).toBeVisible();
});
