import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { StaticSite } from './support/static-site.ts';
import { expect, test } from './support/test.ts';

const FEED = 'https://example.org/feed.xml';

test('a shared link fills the address in, and subscribes only when asked', async ({
  app,
  origin,
  server,
}) => {
  const feed = origin.addFeed({
    title: 'Passed On',
    episodes: [{ title: 'Heard of', audio: wav({ durationS: 5, seed: 95 }) }],
  });
  await app.worksOffline();
  await app.open(`/?${new URLSearchParams({ title: 'Passed On', text: `Look: ${feed.url}` })}`);
  await expect(app.addressField).toHaveValue(feed.url);
  expect(feed.resource.requests).toEqual([]);
  expect(new URL(app.page.url()).search).toBe('');

  // The way in works without a server: the worker answers it.
  await server.stop();
  await app.open(`/?podcast=${encodeURIComponent('web+podcast://example.org/feed.xml')}`);
  await expect(app.addressField).toHaveValue(FEED);
  await app.reload();
  await expect(app.addressField, 'the hash has kept it').toHaveValue(FEED);
  await server.restart();

  await app.open(`/?${new URLSearchParams({ url: feed.url })}`);
  await app.subscribeButton.click();
  await app.episode('Heard of').waitForStatus('Not downloaded');
});

test('below a path as well, and hostile ones lead to the library', async ({ page }) => {
  const site = await StaticSite.start('/club/app/');
  try {
    const app = new AppPage(page);
    await app.open(`${site.address}?podcast=web%2Bpodcast%3A${encodeURIComponent(FEED)}`);
    await expect(app.addressField).toHaveValue(FEED);
    expect(page.url()).toBe(`${site.address}#/?subscribe=${encodeURIComponent(FEED)}`);
    for (const text of [
      'javascript:alert(1)',
      '<img src=x onerror=alert(1)>',
      'file:///etc/passwd',
    ]) {
      await app.open(`${site.address}?${new URLSearchParams({ text, url: text, title: text })}`);
      await expect(app.addressField).toHaveValue('');
      expect(page.url()).toBe(`${site.address}#/`);
    }
  } finally {
    await site.stop();
  }
});

test('the manifest has no errors, and everything it names is there', async ({ app, server }) => {
  await app.worksOffline();
  const session = await app.page.context().newCDPSession(app.page);
  const { url, data = '', errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  const manifest = JSON.parse(data) as {
    launch_handler: object;
    share_target: { action: string; method: string };
    protocol_handlers: { protocol: string; url: string }[];
    file_handlers: object[];
    shortcuts: { name: string; url: string; icons: { src: string }[] }[];
  };
  expect(manifest.launch_handler).toEqual({ client_mode: 'focus-existing' });
  expect(manifest.share_target).toMatchObject({ action: './', method: 'GET' });
  expect(manifest.protocol_handlers).toEqual([{ protocol: 'web+podcast', url: './?podcast=%s' }]);
  expect(manifest.file_handlers).toHaveLength(1);
  await server.stop();
  for (const { name, url: shortcut, icons } of manifest.shortcuts) {
    for (const { src } of icons) {
      const size = await app.page.evaluate(
        async (address) => (await fetch(address)).headers.get('content-type'),
        new URL(src, url).href,
      );
      expect(size).toBe('image/png');
    }
    await app.open(new URL(shortcut, url).href);
    await expect(app.page.getByRole('heading', { level: 1, name })).toBeVisible();
  }
});
