import { noise } from './support/audio-body.ts';
import type { Interlude } from './support/behaviour.ts';
import { expect, test } from './support/test.ts';
import { audit, NO_WRONGS, newTally, wrongsOf } from './torture/tally.ts';

test.use({ withoutBackgroundFetch: true });

/** What a host says in the middle of a download, where the next part was to come. */
const ODD_ANSWERS: Record<string, Interlude['manners']> = {
  'Everything for a part': { ranges: false },
  'Another part': { headers: { 'content-range': 'bytes 0-1/1000' } },
  'No part at all': { headers: { 'content-range': 'bytes ABC-1/5' } },
  Backwards: { headers: { 'content-range': 'bytes 7-4/10' } },
  'Not satisfiable': { status: 416 },
  Nothing: { status: 204 },
  'Not modified': { status: 304 },
  Packed: { headers: { 'content-encoding': 'gzip' } },
  'A web page': { html: true },
  'Too many requests': { status: 429 },
  'Out of order': { status: 502 },
};

/** A browser gives up after twenty, and so does this one. */
const LOOP: Interlude = {
  after: 3,
  times: 22,
  manners: { status: 302, headers: { location: '?again' } },
};

test('whatever a host answers in the middle of a download, the file comes here whole and unmixed', async ({
  app,
  origin,
}) => {
  test.slow();
  const interludes = Object.entries(ODD_ANSWERS).map(([title, manners]): [string, Interlude] => [
    title,
    { after: 3, times: 1, manners },
  ]);
  const all: [string, Interlude][] = [...interludes, ['Round in circles', LOOP]];
  const feed = origin.addFeed({
    title: 'Odd Answers',
    episodes: all.map(([title, interlude], index) => ({
      title,
      audio: noise({ sizeBytes: 1_200_000, seed: 200 + index }),
      behaviour: { exposesHeaders: true, interlude },
    })),
  });
  await app.subscribe(feed.url);
  for (const [title] of all) await app.episode(title).download();
  for (const [title] of all) {
    const row = app.episode(title);
    await expect(row.status).toHaveText(/^(Downloaded|Failed)$/, { timeout: 60_000 });
    // Refused is right as well, as long as one press goes on.
    if ((await row.status.textContent()) === 'Failed') await row.download();
    await row.waitForStatus('Downloaded', { timeoutMs: 60_000 });
    const { length } = feed.episode(title).requests;
    expect(length, `${title} was answered oddly`).toBeGreaterThan(4);
  }
  const tally = newTally();
  await audit(app.page, feed, tally);
  expect(wrongsOf(tally)).toEqual(NO_WRONGS);
});
