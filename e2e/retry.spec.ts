import { noise } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';

const WAIT_S = 8;

test('a host that asks for time gets it, and then the episode comes by itself', async ({
  app,
  origin,
}) => {
  const audio = noise({ sizeBytes: 900_000, seed: 51 });
  const feed = origin.addFeed({ title: 'Busy Host', episodes: [{ title: 'Not Now', audio }] });
  const episode = feed.episode('Not Now');
  const headers = {
    'retry-after': String(WAIT_S),
    'access-control-expose-headers': 'retry-after',
  };
  await app.subscribe(feed.url);
  episode.set({ status: 503, headers });
  await app.episode('Not Now').download();
  await app.episode('Not Now').waitForStatus('Waiting for network');
  episode.set({ status: 200, headers: {} });
  await app.episode('Not Now').waitForStatus('Downloaded', { timeoutMs: 60_000 });
  const [refused, next] = episode.requests;
  expect((next?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(WAIT_S * 1000);
});

test('a host that stays away fails the download with its reason, and one press begins anew', async ({
  app,
  origin,
}) => {
  const audio = noise({ sizeBytes: 900_000, seed: 52 });
  const feed = origin.addFeed({ title: 'Closed Host', episodes: [{ title: 'Not Found', audio }] });
  await app.subscribe(feed.url);
  feed.episode('Not Found').set({ status: 410 });
  const row = app.episode('Not Found');
  await row.download();
  await row.waitForStatus('Failed');
  await expect(row.locator).toContainText('The audio file is not there any more (error 410).');
  await expect(row.button('Delete')).toBeVisible();
  feed.episode('Not Found').set({ status: 200 });
  await row.download();
  await row.waitForStatus('Downloaded');
});
