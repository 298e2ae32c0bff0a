import { noise } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';
import { audit, NO_WRONGS, newTally, wrongsOf } from './torture/tally.ts';

test('a file that changes behind the gateway in the middle of a Background Fetch is begun anew at once', async ({
  app,
  origin,
}) => {
  const version = (seed: number) => noise({ sizeBytes: 3_000_000, seed: 340 + seed });
  const feed = origin.addFeed({
    title: 'Closed House',
    episodes: [{ title: 'Moved', audio: version(1), behaviour: { cors: false } }],
  });
  const episode = feed.episode('Moved');
  episode.set({ bytesPerSecond: 250_000 });
  await app.subscribe(feed.url);
  const row = app.episode('Moved');
  await row.download();
  await expect.poll(() => row.progress()).toBeGreaterThan(0.2);
  episode.replaceAudio(version(2));
  episode.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
  // Sooner than the page's watchdog, which waits for a minute.
  await row.waitForStatus('Downloaded', { timeoutMs: 30_000 });
  const tally = newTally();
  await audit(app.page, feed, tally);
  expect(wrongsOf(tally)).toEqual(NO_WRONGS);
});
