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

const SLOW = 'One byte a second';

/** Background Fetch has its own patience with these: up to a minute, and then the page's watchdog. */
const FOREGROUND_FAULTS: Record<string, Partial<Behaviour>> = {
  [SLOW]: { bytesPerSecond: 300_000 },
  'Silent once': { fault: { kind: 'stall', afterBytes: 150_000, times: 2 } },
};

test('whatever a connection does, every episode comes here whole', async ({
  app,
  origin,
  browserKind,
}) => {
  test.slow();
  const isForeground = browserKind === 'firefox';
  const faults = { ...(isForeground && FOREGROUND_FAULTS), ...FAULTS };
  const titles = Object.keys(faults);
  const feed = origin.addFeed({
    title: 'Rough Crossing',
    episodes: titles.map((title, index) => ({
      title,
      audio: noise({ sizeBytes: 900_000, seed: 100 + index }),
      behaviour: faults[title] ?? {},
    })),
  });
  await app.subscribe(feed.url);
  if (isForeground) {
    await app.episode(SLOW).download();
    await expect.poll(() => app.episode(SLOW).progress()).toBeGreaterThan(0.1);
    feed.episode(SLOW).set({ bytesPerSecond: 1 });
  }
  const others = titles.filter((title) => title !== SLOW);
  for (const title of others) await app.episode(title).download();
  for (const title of others) {
    await app.episode(title).waitForStatus('Downloaded', { timeoutMs: 120_000 });
  }
  if (isForeground) {
    await expect(app.episode(SLOW).status).not.toHaveText('Failed');
    feed.episode(SLOW).set({ bytesPerSecond: Number.POSITIVE_INFINITY });
    await app.episode(SLOW).waitForStatus('Downloaded', { timeoutMs: 60_000 });
  }
  const tally = newTally();
  await audit(app.page, feed, tally);
  expect(wrongsOf(tally)).toEqual(NO_WRONGS);
});
