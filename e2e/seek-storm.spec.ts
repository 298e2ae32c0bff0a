import { wav } from './support/audio-body.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';

const SEEKS = 200;

test('two hundred seeks in a row: it plays where the last one led, and nothing is left open', async ({
  app,
  origin,
}) => {
  test.slow();
  const feed = origin.addFeed({
    title: 'Restless',
    episodes: [
      { title: 'Here', audio: wav({ durationS: 900, seed: 501 }) },
      { title: 'Half here', audio: wav({ durationS: 900, seed: 502 }) },
    ],
  });
  const half = feed.episode('Half here');
  half.set({ bytesPerSecond: 1_500_000 });
  await app.subscribe(feed.url);
  await app.episode('Here').download();
  await app.episode('Here').waitForStatus('Downloaded');
  await app.episode('Half here').download();
  await expect.poll(() => app.episode('Half here').progress()).toBeGreaterThan(0.3);
  await app.episode('Half here').button('Pause').click();
  await app.episode('Half here').waitForStatus('Paused');

  for (const title of ['Here', 'Half here']) {
    await app.episode(title).play();
    await expect(app.player.region).toContainText(title);
    await app.player.isPlaying();
    await app.player.audio.evaluate(async (audio: HTMLAudioElement, seeks) => {
      for (let seek = 0; seek < seeks; seek += 1) {
        audio.currentTime = (audio.duration * ((seek * 61) % 97)) / 97;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    }, SEEKS);
    await app.player.seekTo(0.1);
    await app.player.seekTo(0.9);
  }
  // What the storm asked the host for is let go as soon as nobody wants it.
  await app.episode('Here').play();
  await expect(app.player.region).toContainText('Here');
  await expect.poll(() => half.requests.every(({ ended }) => ended)).toBe(true);
  await app.player.isPlaying();
  const { sha256 } = await digestOfPlayedAudio(app.page);
  expect(sha256).toBe(feed.episode('Here').digest());
});
