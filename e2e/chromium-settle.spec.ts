import { expect, test } from './support/test.ts';
import { settleStops } from './torture/settle-stops.ts';
import { NO_WRONGS, wrongsOf } from './torture/tally.ts';

test('a worker that is ended while it settles a Background Fetch: what it had no time for comes again', async ({
  world,
}) => {
  test.slow();
  expect(wrongsOf(await settleStops(world, 1))).toEqual(NO_WRONGS);
});
