import { noise } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';
import { quota, startWithQuota, usedBytes } from './torture/quota.ts';
import { audit, NO_WRONGS, newTally, wrongsOf } from './torture/tally.ts';
import { openApp } from './torture/world.ts';

for (const engine of ['Background Fetch', 'foreground'] as const) {
  test.describe(engine, () => {
    test.use({ withoutBackgroundFetch: engine === 'foreground' });

    test('space that ends in the middle of a download costs nothing else, and it goes on when there is room', async ({
      world,
    }) => {
      test.slow();
      expect(wrongsOf(await quota(world, [1, 9]))).toEqual(NO_WRONGS);
    });
  });
}

test('where not a byte fits any more, the app says so, and Delete still makes room', async ({
  world,
}) => {
  test.slow();
  const feed = world.origin.addFeed({
    title: 'Full to the Brim',
    episodes: ['Heard', 'Wanted'].map((title, seed) => ({
      title,
      audio: noise({ sizeBytes: 600_000, seed: 700 + seed }),
    })),
  });
  const before = await openApp(world);
  await before.subscribe(feed.url);
  await before.episode('Heard').download();
  await before.episode('Heard').waitForStatus('Downloaded');
  const giveRoom = await startWithQuota(world, (await usedBytes(world)) - 500_000);
  const app = await openApp(world, '/#/episodes');
  await app.episode('Heard').waitForStatus('Downloaded');
  await app.episode('Wanted').download();
  await expect(app.page.getByText(/There is not enough space left/).first()).toBeAttached();
  await app.episode('Heard').delete();
  await app.episode('Heard').waitForStatus('Not downloaded');
  const tally = newTally();
  await audit(app.page, feed, tally);
  expect(wrongsOf(tally)).toEqual(NO_WRONGS);

  await giveRoom();
  await app.episode('Wanted').download();
  await app.episode('Wanted').waitForStatus('Downloaded');
});
