import { expect, test } from './support/test.ts';
import { interruptions } from './torture/interruptions.ts';
import { NO_WRONGS, wrongsOf } from './torture/tally.ts';

test.use({ withoutBackgroundFetch: true });

test('a line that breaks 25 times costs hardly a byte twice', async ({ world }) => {
  test.slow();
  const tally = await interruptions(world, 25);
  expect(tally.times).toBe(25);
  expect(wrongsOf(tally)).toEqual(NO_WRONGS);
});
