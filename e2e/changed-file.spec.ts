import { type Body, noise } from './support/audio-body.ts';
import type { Behaviour } from './support/behaviour.ts';
import { expect, test } from './support/test.ts';
import { audit, NO_WRONGS, newTally, wrongsOf } from './torture/tally.ts';

const SIZE_BYTES = 1_600_000;

/** How a host lets its file be known, and how long the next one is. */
const CHANGES: Record<string, { behaviour: Partial<Behaviour>; sizeBytes: number }> = {
  'Another ETag': { behaviour: { exposesHeaders: true }, sizeBytes: SIZE_BYTES },
  'Other bytes, and nothing says so': { behaviour: { etag: 'none' }, sizeBytes: SIZE_BYTES },
  'Longer than before': { behaviour: {}, sizeBytes: SIZE_BYTES + 300_000 },
  'Shorter than before': { behaviour: {}, sizeBytes: SIZE_BYTES - 300_000 },
};

test('a file that its host replaces in the middle of the download: two versions are never joined', async ({
  app,
  origin,
}) => {
  test.slow();
  const titles = Object.keys(CHANGES);
  const feed = origin.addFeed({
    title: 'Second Edition',
    episodes: titles.map((title, index) => ({
      title,
      audio: version(index, SIZE_BYTES),
      behaviour: { ...CHANGES[title]?.behaviour, bytesPerSecond: 150_000 },
    })),
  });
  await app.subscribe(feed.url);
  for (const [index, title] of titles.entries()) {
    const row = app.episode(title);
    await row.download();
    await expect.poll(() => row.progress()).toBeGreaterThan(0.2);
    feed.episode(title).replaceAudio(version(index + 50, CHANGES[title]?.sizeBytes ?? 0));
    feed.episode(title).set({ bytesPerSecond: Number.POSITIVE_INFINITY });
    await row.waitForStatus('Downloaded', { timeoutMs: 60_000 });
  }
  const tally = newTally();
  await audit(app.page, feed, tally);
  expect(wrongsOf(tally)).toEqual(NO_WRONGS);
});

function version(seed: number, sizeBytes: number): Body {
  return noise({ sizeBytes, seed: 300 + seed });
}
