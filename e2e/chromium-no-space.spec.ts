import { noise } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';

test('an episode that does not fit waits and says so, and comes once there is room', async ({
  app,
  origin,
  server,
}) => {
  const feed = origin.addFeed({
    title: 'Tight Hold',
    episodes: [
      { title: 'Too big', audio: noise({ sizeBytes: 12_000_000, seed: 61 }) },
      { title: 'Small', audio: noise({ sizeBytes: 600_000, seed: 62 }) },
    ],
  });
  await app.subscribe(feed.url);
  await app.episode('Small').download();
  await app.episode('Small').waitForStatus('Downloaded');
  const session = await app.page.context().newCDPSession(app.page);
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: server.address,
    quotaSize: 6_000_000,
  });

  const row = app.episode('Too big');
  await row.download();
  await row.waitForStatus('Paused');
  await expect(row.locator).toContainText(/space/i);
  await app.episode('Small').waitForStatus('Downloaded');

  await session.send('Storage.overrideQuotaForOrigin', { origin: server.address });
  await row.button('Resume').click();
  await row.waitForStatus('Downloaded');
});
