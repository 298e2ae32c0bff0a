import { AppPage } from './support/app-page.ts';
import { expect, test } from './support/test.ts';
import { tryUpdate } from './support/worker-updates.ts';

const DIFFERENT = 'of different versions';

test('an old page that a newer worker does not understand says so, and a reload helps', async ({
  app,
  profile,
  server,
}) => {
  await app.worksOffline();
  const second = new AppPage(await profile.context.newPage());
  await second.open();
  await server.deploy('next-protocol');
  expect(await tryUpdate(app.page)).toBe('installed');
  await app.pressReload('A new version is ready.');
  await expect(second.reloadButton(DIFFERENT)).toBeVisible();

  await second.subscribe('example.com/feed');
  await expect(second.page.getByRole('alert').getByText(DIFFERENT)).toBeVisible();
  await second.pressReload(DIFFERENT);
  for (const page of [app, second]) {
    expect(await page.version()).toBe('99.1.0');
    await expect(page.page.getByRole('status').locator('.banner')).toHaveCount(0);
  }
});

test('a new page that an older worker does not understand says so, and a reload helps', async ({
  app,
  browserKind,
  profile,
  server,
}) => {
  await app.worksOffline();
  // Without a page that the old version controls, the new one would not wait for anybody's word.
  await new AppPage(await profile.context.newPage()).open();
  await server.deploy('next-protocol');
  const reloaded = app.page.waitForEvent('load');
  if (browserKind === 'chromium') {
    const session = await app.page.context().newCDPSession(app.page);
    await session.send('Page.reload', { ignoreCache: true });
  } else {
    // Firefox still takes the argument that the standard no longer has.
    await app.page.evaluate(() => (location.reload as (forced: boolean) => void)(true));
  }
  await reloaded;
  await expect(app.reloadButton(DIFFERENT)).toBeVisible();
  expect(await app.version()).toBe('99.1.0');
  expect(await tryUpdate(app.page)).toMatch('installed');
  await app.pressReload(DIFFERENT);
  expect(await app.version()).toBe('99.1.0');
  await expect(app.page.getByRole('status').locator('.banner')).toHaveCount(0);
});
