import { expect, test } from './support/test.ts';

test('a browser that does not wake closed apps is known as such, and nothing is broken', async ({
  app,
  profile,
}) => {
  await app.open('/#/settings');
  await expect(app.page.getByText(/^This browser does not wake closed apps\./)).toBeVisible();
  await expect(app.page.getByText('Not yet.')).toBeVisible();
  expect(profile.log.filter((line) => line.startsWith('uncaught'))).toEqual([]);
});
