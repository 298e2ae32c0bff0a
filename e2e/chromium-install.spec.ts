import { expect, test } from './support/test.ts';

test('the app can be installed, and offers it with a button of its own', async ({ app }) => {
  await app.worksOffline();
  const session = await app.page.context().newCDPSession(app.page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);

  await app.go('Settings');
  await expect(app.page.getByRole('button', { name: 'Install' })).toBeVisible();
});
