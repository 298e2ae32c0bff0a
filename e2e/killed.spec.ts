import { expect, test } from './support/test.ts';
import { kills } from './torture/kills.ts';
import { NO_WRONGS, wrongsOf } from './torture/tally.ts';

test.use({ withoutBackgroundFetch: true });

test('a browser that is killed in the middle of everything has lost nothing at its next start', async ({
  world,
}) => {
  test.slow();
  expect(wrongsOf(await kills(world, 2))).toEqual(NO_WRONGS);
});
