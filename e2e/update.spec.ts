import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';
import { firstScript, isStored, tryUpdate } from './support/worker-updates.ts';

const READY = 'A new version is ready.';
const AT_WORK = 'A new version is at work.';

test('a new version is offered in every tab; one takes it, the others go on with their old files', async ({
  app,
  profile,
  server,
}) => {
  await app.worksOffline();
  const second = new AppPage(await profile.context.newPage());
  await second.open();
  const oldScript = await firstScript(second.page);
  await second.addressField.fill('half an address');

  await server.deploy('next');
  await app.reload();
  await expect(app.reloadButton(READY)).toBeVisible();
  await expect(second.reloadButton(READY)).toBeVisible();
  const third = new AppPage(await profile.context.newPage());
  await third.open();
  await expect(third.reloadButton(READY)).toBeVisible();

  await third.pressReload(READY);
  expect(await third.version()).toBe('99.0.0');
  for (const other of [app, second]) await expect(other.reloadButton(AT_WORK)).toBeVisible();
  await expect(second.addressField).toHaveValue('half an address');

  // Its later parts are those of its own version, and come without a network.
  await server.stop();
  expect(await second.version()).toBe('0.1.0');
  await second.go('Episodes');
  await expect(second.page.getByRole('heading', { level: 1, name: 'Episodes' })).toBeVisible();
  expect(await isStored(third.page, oldScript)).toBe(true);

  for (const old of [app, second]) {
    await old.pressReload(AT_WORK);
    expect(await old.version()).toBe('99.0.0');
  }
  await expect
    .poll(async () => {
      await third.reload();
      return isStored(third.page, oldScript);
    })
    .toBe(false);
  expect(await third.version()).toBe('99.0.0');
});

test('a new version that is taken in the middle of a download costs it nothing', async ({
  app,
  origin,
  server,
}) => {
  const feed = origin.addFeed({
    title: 'On the Way',
    episodes: [{ title: 'A long one', audio: wav({ durationS: 600, seed: 21 }) }],
  });
  await app.subscribe(feed.url);
  await app.worksOffline();
  await server.deploy('next');
  origin.set({ bytesPerSecond: 400_000 });
  const row = app.episode('A long one');
  await row.download();
  await row.waitForStatus('Downloading');
  expect(await tryUpdate(app.page)).toBe('installed');
  await app.pressReload(READY);
  origin.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
  await row.waitForStatus('Downloaded');
  await row.play();
  const { sha256 } = await digestOfPlayedAudio(app.page);
  expect(sha256).toBe(feed.episode('A long one').digest());
  expect(await app.version()).toBe('99.0.0');
});

test('whatever is broken in a deploy, the old version goes on, and a good one follows in one visit', async ({
  app,
  server,
}) => {
  test.slow();
  await app.worksOffline();
  // The browser looks for a new worker after each navigation, too, and an installation that began
  // goes on with the files of the next deploy: those whose files are all there come first.
  for (const deploy of [
    'with-a-throwing-worker',
    'with-a-page-for-a-worker',
    'without-a-worker',
    'with-a-missing-file',
    'with-a-page-for-a-file',
  ] as const) {
    await test.step(deploy, async () => {
      await server.deploy(deploy);
      expect(await tryUpdate(app.page)).toBe('refused');
      await app.reload();
      expect(await app.version()).toBe('0.1.0');
      await expect(app.page.getByText(READY)).toBeHidden();
    });
  }
  await server.deploy('next');
  await app.reload();
  await app.pressReload(READY);
  expect(await app.version()).toBe('99.0.0');
});

test('a deploy whose page is still that of the version before is not taken, and then it is', async ({
  app,
  server,
}) => {
  await app.worksOffline();
  await server.deploy('with-an-old-page');
  expect(await tryUpdate(app.page)).toBe('refused');
  await app.reload();
  expect(await app.version()).toBe('0.1.0');
  await server.deploy('next');
  await app.reload();
  await app.pressReload(READY);
  expect(await app.version()).toBe('99.0.0');
});

test('a tab that stays open finds a new version by itself', async ({ app, profile, server }) => {
  await app.worksOffline();
  await server.deploy('next');
  await app.page.clock.setSystemTime(Date.now() + 61 * 60_000);
  await profile.context.setOffline(true);
  await profile.context.setOffline(false);
  await expect(app.reloadButton(READY)).toBeVisible();
});
