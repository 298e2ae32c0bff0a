import { wav } from './support/audio-body.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';

const audio = wav({ durationS: 400, seed: 21 });

const HOSTS = [
  { name: 'without CORS, through the gateway', behaviour: { cors: false } },
  { name: 'without CORS and without ETag', behaviour: { cors: false, etag: 'none' } },
  { name: 'without ranges', behaviour: { ranges: false } },
  { name: 'without ranges and without CORS', behaviour: { ranges: false, cors: false } },
  { name: 'without ranges and without a length', behaviour: { ranges: false, contentLength: false } },
  { name: 'that shows its headers', behaviour: { exposesHeaders: true } },
  { name: 'that shows a new ETag each time', behaviour: { exposesHeaders: true, etag: 'changing' } },
] as const;

for (const { name, behaviour } of HOSTS) {
  test(`a host ${name}`, async ({ app, origin }) => {
    const feed = origin.addFeed({ title: 'Odd Host', episodes: [{ title: 'Whole', audio }] });
    feed.episode('Whole').set(behaviour);
    await app.subscribe(feed.url);
    const row = app.episode('Whole');
    await row.download();
    await row.waitForStatus('Downloaded', { timeoutMs: 60_000 });
    await row.play();
    await app.player.isPlaying();
    const { sha256 } = await digestOfPlayedAudio(app.page);
    expect(sha256).toBe(feed.episode('Whole').digest());
  });
}

test('a feed of a host without CORS comes through the gateway', async ({ app, origin }) => {
  const feed = origin.addFeed({ title: 'Closed House', episodes: [{ title: 'Inside', audio }] });
  origin.set({ cors: false });
  await app.subscribe(feed.url);
  await app.episode('Inside').waitForStatus('Not downloaded');
});
