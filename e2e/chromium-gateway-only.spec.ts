import { wav } from './support/audio-body.ts';
import { areKept, showsPicture } from './support/kept-files.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';

test.use({ serverEnv: { GATEWAY_ONLY: '1' } });

test('where the gateway is the only way, podcasts, pictures and sound come through it alone', async ({
  app,
  origin,
}) => {
  const feed = origin.addFeed({
    title: 'One Way',
    episodes: [
      { title: 'Kept', audio: wav({ durationS: 60, seed: 51 }) },
      { title: 'Streamed', audio: wav({ durationS: 60, seed: 52 }) },
    ],
  });
  await app.subscribe(feed.url);
  const kept = app.episode('Kept');
  await kept.waitForStatus('Not downloaded');
  await app.worksOffline();
  await areKept(app.page, origin.host, [feed.artwork]);
  await showsPicture(app.page.locator('sa-podcast-page'), 600);

  await app.episode('Streamed').play();
  await app.player.isPlaying();

  await kept.download();
  await kept.waitForStatus('Downloaded', { timeoutMs: 60_000 });
  await kept.play();
  await expect(app.player.region).toContainText('Kept');
  await app.player.isPlaying();
  const { sha256 } = await digestOfPlayedAudio(app.page);
  expect(sha256).toBe(feed.episode('Kept').digest());

  const askedBy = new Set(origin.requests.map(({ headers }) => headers['user-agent']));
  expect([...askedBy]).toEqual(['Stowaway/0.1']);
});
