import { wav } from './support/audio-body.ts';
import type { Behaviour } from './support/behaviour.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';

/**
 * What hosts do, each with an episode of its own. Whether pages may read a host is remembered of it, so
 * those that they may and those that they may not are not the same one.
 */
const HOSTS: Record<string, Record<string, Partial<Behaviour>>> = {
  closed: {
    'Without CORS': { cors: false },
    'Without CORS and ETag': { cors: false, etag: 'none' },
    'Without ranges and CORS': { ranges: false, cors: false },
  },
  open: {
    'Without ranges': { ranges: false },
    'Without ranges and length': { ranges: false, contentLength: false },
    'With headers that show': { exposesHeaders: true },
    'With a new ETag each time': { exposesHeaders: true, etag: 'changing' },
  },
};

for (const [kind, behaviours] of Object.entries(HOSTS)) {
  test(`whatever a host lacks that is ${kind} to pages, its episodes come here whole`, async ({
    app,
    origin,
  }) => {
    const titles = Object.keys(behaviours);
    const feed = origin.addFeed({
      title: 'Odd Hosts',
      episodes: Object.entries(behaviours).map(([title, behaviour], index) => ({
        title,
        behaviour,
        audio: wav({ durationS: 200, seed: 21 + index }),
      })),
    });
    await app.subscribe(feed.url);
    for (const title of titles) await app.episode(title).download();
    for (const title of titles) {
      const row = app.episode(title);
      await row.waitForStatus('Downloaded', { timeoutMs: 60_000 });
      await row.play();
      await expect(app.player.region).toContainText(title);
      await app.player.isPlaying();
      const { sha256 } = await digestOfPlayedAudio(app.page);
      expect(sha256, title).toBe(feed.episode(title).digest());
    }
  });
}

test('a feed of a host without CORS comes through the gateway', async ({ app, origin }) => {
  const audio = wav({ durationS: 60, seed: 30 });
  const feed = origin.addFeed({ title: 'Closed House', episodes: [{ title: 'Inside', audio }] });
  origin.set({ cors: false });
  await app.subscribe(feed.url);
  await app.episode('Inside').waitForStatus('Not downloaded');
});
