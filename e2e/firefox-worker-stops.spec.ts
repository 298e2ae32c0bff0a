import type { Page } from '@playwright/test';
import { noise, wav } from './support/audio-body.ts';
import { expectInterfaceEqualsRows } from './support/library-rows.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';

// The browser gives an event 30 s, and 30 s more for its `waitUntil`: here four, all in all.
test.use({
  firefoxPrefs: {
    'dom.serviceWorkers.idle_timeout': 2_000,
    'dom.serviceWorkers.idle_extended_timeout': 2_000,
  },
});

test('steps that are cut short add up to the whole episode, and it plays', async ({
  app,
  origin,
}) => {
  test.slow();
  const feed = origin.addFeed({
    title: 'Mayflies',
    episodes: [
      { title: 'Long', audio: noise({ sizeBytes: 8_000_000, seed: 91 }) },
      { title: 'Short', audio: wav({ durationS: 60, seed: 92 }) },
    ],
  });
  feed.episode('Long').set({ bytesPerSecond: 500_000 });
  await app.subscribe(feed.url);
  const lives = await watchLives(app.page);
  await app.episode('Long').download();
  await app.episode('Long').waitForStatus('Downloaded', { timeoutMs: 90_000 });
  expect(await lives()).toBeGreaterThan(2);
  await expectInterfaceEqualsRows(app);

  await app.episode('Short').download();
  await app.episode('Short').waitForStatus('Downloaded', { timeoutMs: 60_000 });
  await app.episode('Short').play();
  await app.player.isPlaying();
  const { sha256 } = await digestOfPlayedAudio(app.page);
  expect(sha256).toBe(feed.episode('Short').digest());
  await app.episode('Long').delete();
  await app.episode('Long').waitForStatus('Not downloaded');
  await expectInterfaceEqualsRows(app);
});

/** Counts the workers that have lived: each holds a lock under a name of its own. */
async function watchLives(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const lives = new Set<string>();
    Object.assign(window, { lives });
    setInterval(async () => {
      for (const { name } of (await navigator.locks.query()).held ?? []) {
        if (name?.startsWith('worker-life-')) lives.add(name);
      }
    }, 100);
  });
  return () => page.evaluate(() => (window as unknown as { lives: Set<string> }).lives.size);
}
