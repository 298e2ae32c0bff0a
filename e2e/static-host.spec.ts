import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { StaticSite } from './support/static-site.ts';
import { expect, test } from './support/test.ts';

test('on a plain static host, under a path and without the gateway, episodes come here and play offline', async ({
  page,
  origin,
}) => {
  const site = await StaticSite.start('/club/app/');
  try {
    const app = new AppPage(page);
    await app.open(site.address);
    const feed = origin.addFeed({
      title: 'Open House',
      episodes: [
        { title: 'With CORS', audio: wav({ durationS: 120, seed: 51 }) },
        {
          title: 'Without CORS',
          audio: wav({ durationS: 60, seed: 52 }),
          behaviour: { cors: false },
        },
      ],
    });
    await app.subscribe(feed.url);
    const row = app.episode('With CORS');
    await row.download();
    await row.waitForStatus('Downloaded');
    await app.episode('Without CORS').download();
    await app.episode('Without CORS').waitForStatus('Failed');
    await app.worksOffline();

    await site.stop();
    origin.set({ status: 503 });
    await app.reload();
    await row.waitForStatus('Downloaded');
    await row.play();
    await app.player.isPlaying();
    expect(await app.player.source()).toContain('/club/app/media/');
  } finally {
    await site.stop();
  }
});

test('the sample podcast comes along to a static host', async ({ page }) => {
  const site = await StaticSite.start('/club/app/');
  try {
    const app = new AppPage(page);
    await app.open(site.address);
    await page.getByRole('button', { name: /sample podcast/i }).click();
    const download = page.getByRole('button', { name: /^Download / }).first();
    await download.click();
    await expect(page.getByText('Downloaded', { exact: true })).toBeVisible({ timeout: 30_000 });
  } finally {
    await site.stop();
  }
});
