import { expect, test } from './support/test.ts';
import { quota } from './torture/quota.ts';
import { NO_WRONGS, wrongsOf } from './torture/tally.ts';

for (const engine of ['Background Fetch', 'foreground'] as const) {
  test.describe(engine, () => {
    test.use({ withoutBackgroundFetch: engine === 'foreground' });

    test('space that ends in the middle of a download costs nothing else, and it goes on when there is room', async ({
      world,
    }) => {
      expect(wrongsOf(await quota(world, [0, 9]))).toEqual(NO_WRONGS);
    });
  });
}
