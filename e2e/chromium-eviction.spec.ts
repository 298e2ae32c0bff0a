import { expect, test } from './support/test.ts';
import { eviction, evictions } from './torture/eviction.ts';
import { NO_WRONGS, wrongsOf } from './torture/tally.ts';

test.use({ withoutBackgroundFetch: true });

// The others with `EVERY_ENGINE=1`, and by `npm run torture -- --browsers`.
const isTried = (kind: string) =>
  process.env.EVERY_ENGINE || kind === 'all' || kind === 'indexeddb';
for (const kind of evictions.filter(isTried)) {
  test(`the browser takes away: ${kind}; the app says what is gone, and all can be had again`, async ({
    world,
  }) => {
    test.slow();
    expect(wrongsOf(await eviction(world, kind))).toEqual(NO_WRONGS);
  });
}
