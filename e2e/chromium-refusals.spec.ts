import { noise } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';
import { audit, NO_WRONGS, newTally, wrongsOf } from './torture/tally.ts';

/*
 * What a host refuses, Chromium tries again under Background Fetch, five times and 20 s apart, and says
 * nothing meanwhile; only 401, 403 and 404 are an answer to it (seen in 156).
 */

/** Less than the minute after which a fetch that brings nothing is given up. */
const SOON = { timeoutMs: 40_000 };

test('an episode that its host takes away in the middle of the download fails with its reason', async ({
  app,
  origin,
}) => {
  const audio = noise({ sizeBytes: 4_000_000, seed: 310 });
  const feed = origin.addFeed({ title: 'Second Thoughts', episodes: [{ title: 'Gone', audio }] });
  const episode = feed.episode('Gone');
  const row = app.episode('Gone');
  episode.set({ bytesPerSecond: 400_000 });
  await app.subscribe(feed.url);
  await row.download();
  await expect.poll(() => row.progress()).toBeGreaterThan(0.2);
  episode.set({ status: 410 });
  await row.waitForStatus('Failed', SOON);
  await expect(row.locator).toContainText('The audio file is not there any more (error 410).');

  episode.set({ status: 200, bytesPerSecond: Number.POSITIVE_INFINITY });
  await row.download();
  await row.waitForStatus('Downloaded');
  const tally = newTally();
  await audit(app.page, feed, tally);
  expect(wrongsOf(tally)).toEqual(NO_WRONGS);
});

test('an episode that ends before the next part by now is begun anew', async ({ app, origin }) => {
  const audio = noise({ sizeBytes: 4_000_000, seed: 311 });
  const feed = origin.addFeed({ title: 'Cut Short', episodes: [{ title: 'Shorter', audio }] });
  const episode = feed.episode('Shorter');
  const row = app.episode('Shorter');
  episode.set({ bytesPerSecond: 400_000 });
  await app.subscribe(feed.url);
  await row.download();
  await expect.poll(() => row.progress()).toBeGreaterThan(0.3);
  // Every part that is missing is answered by a 416.
  episode.replaceAudio(noise({ sizeBytes: 700_000, seed: 312 }));
  episode.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
  await row.waitForStatus('Downloaded', SOON);
  const tally = newTally();
  await audit(app.page, feed, tally);
  expect(wrongsOf(tally)).toEqual(NO_WRONGS);
});
