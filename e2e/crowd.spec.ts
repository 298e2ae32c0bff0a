import { expect, test } from './support/test.ts';
import { tabs } from './torture/tabs.ts';
import { NO_WRONGS, wrongsOf } from './torture/tally.ts';

test('five tabs press Download, Pause, Resume and Delete together: it happens once, and all show it', async ({
  world,
}) => {
  test.slow();
  expect(wrongsOf(await tabs(world, 5, 1))).toEqual(NO_WRONGS);
});
