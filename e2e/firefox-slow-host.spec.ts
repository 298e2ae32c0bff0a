import { noise } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';

test('one whole request that takes longer than a step comes to its end, in one request', async ({
  app,
  origin,
}) => {
  const audio = noise({ sizeBytes: 2_600_000, seed: 71 });
  const feed = origin.addFeed({
    title: 'Slow and Whole',
    episodes: [{ title: 'Patience', audio }],
  });
  const episode = feed.episode('Patience');
  episode.set({ ranges: false, bytesPerSecond: 100_000 });
  await app.subscribe(feed.url);
  await app.episode('Patience').download();
  await app.episode('Patience').waitForStatus('Downloaded', { timeoutMs: 60_000 });
  expect(episode.bytesSent).toBeLessThan(audio.sizeBytes * 1.2);
});

test('a silent host does not hold up the episode behind it', async ({ app, origin }) => {
  const titles = ['Silent', 'Lively'];
  const feed = origin.addFeed({
    title: 'In Turn',
    episodes: titles.map((title, seed) => ({ title, audio: noise({ sizeBytes: 900_000, seed }) })),
  });
  await app.subscribe(feed.url);
  feed.episode('Silent').set({ fault: { kind: 'stall', afterBytes: 6000 } });
  for (const title of titles) await app.episode(title).download();
  await app.episode('Lively').waitForStatus('Downloaded', { timeoutMs: 60_000 });
});
