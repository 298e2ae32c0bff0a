import { noise } from './support/audio-body.ts';
import type { Behaviour } from './support/behaviour.ts';
import { expect, test } from './support/test.ts';
import { audit, NO_WRONGS, newTally, wrongsOf } from './torture/tally.ts';

/** What connections do, each to an episode of its own. The first answer is the probe's. */
const FAULTS: Record<string, Partial<Behaviour>> = {
  'Reset twice': { fault: { kind: 'reset', afterBytes: 150_000, times: 3 } },
  'Ended early twice': { fault: { kind: 'close', afterBytes: 150_000, times: 3 } },
  'Ended early, and nobody knew the length': {
    ranges: false,
    contentLength: false,
    fault: { kind: 'close', afterBytes: 300_000, times: 2 },
  },
  'A portal steps in': { interlude: { after: 2, times: 1, manners: { html: true } } },
  'Moved to a new address': {
    interlude: {
      after: 2,
      times: 1,
      manners: { status: 302, headers: { location: '?signed=anew' } },
    },
  },
};

/** Background Fetch waits for a silent host until the page's watchdog ends it, after a minute. */
const FOREGROUND_FAULTS: Record<string, Partial<Behaviour>> = {
  'Silent once': { fault: { kind: 'stall', afterBytes: 150_000, times: 2 } },
};

test('whatever a connection does, every episode comes here whole, and none holds another up', async ({
  app,
  origin,
  browserKind,
}) => {
  const faults = { ...FAULTS, ...(browserKind === 'firefox' && FOREGROUND_FAULTS) };
  const titles = Object.keys(faults);
  const slow = 'One byte a second';
  const feed = origin.addFeed({
    title: 'Rough Crossing',
    episodes: [slow, ...titles].map((title, index) => ({
      title,
      audio: noise({ sizeBytes: 900_000, seed: 100 + index }),
      behaviour: faults[title] ?? { bytesPerSecond: 300_000 },
    })),
  });
  await app.subscribe(feed.url);
  await app.episode(slow).download();
  await expect.poll(() => app.episode(slow).progress()).toBeGreaterThan(0.1);
  feed.episode(slow).set({ bytesPerSecond: 1 });
  for (const title of titles) await app.episode(title).download();
  for (const title of titles) {
    await app.episode(title).waitForStatus('Downloaded', { timeoutMs: 60_000 });
  }
  await expect(app.episode(slow).status).not.toHaveText('Failed');
  feed.episode(slow).set({ bytesPerSecond: Number.POSITIVE_INFINITY });
  await app.episode(slow).waitForStatus('Downloaded', { timeoutMs: 60_000 });
  const tally = newTally();
  await audit(app.page, feed, tally);
  expect(wrongsOf(tally)).toEqual(NO_WRONGS);
});
