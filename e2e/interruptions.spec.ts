import { expect, test } from './support/test.ts';
import { interruptions } from './torture/interruptions.ts';
import { NO_WRONGS, wrongsOf } from './torture/tally.ts';

test.use({ withoutBackgroundFetch: true });

test('a line that breaks 25 times costs hardly a byte twice', async ({ world }) => {
  test.slow();
  const tallies = [];
  // What a busy machine makes the browser drop is not ours: bytes that we waste, we waste each time.
  for (const times of [25, 26, 27]) {
    const tally = await interruptions(world, times);
    tallies.push(tally);
    expect(tally).toMatchObject({ times, lost: 0, corrupt: 0, ghosts: 0 });
    if (tally.doubled === 0) break;
  }
  const [last = NO_WRONGS] = tallies.map(wrongsOf).slice(-1);
  expect(last).toEqual(NO_WRONGS);
});
