import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';

const light = 'rgb(243, 246, 246)';
const dark = 'rgb(10, 17, 19)';

test('a theme that is chosen in one tab holds in the other at once, and from the first paint on', async ({
  app,
  profile,
}) => {
  const other = new AppPage(await profile.context.newPage());
  await other.open();
  await app.open('/#/settings');
  await theme(app, 'Light').check();
  await expect.poll(() => ground(other)).toBe(light);
  await theme(app, 'Dark').check();
  await expect.poll(() => ground(app)).toBe(dark);
  await expect.poll(() => ground(other)).toBe(dark);
  await other.go('Settings');
  await expect(theme(other, 'Dark')).toBeChecked();

  await other.page.addInitScript(noteThemeOfFirstBody);
  await other.reload();
  expect(await other.page.evaluate(() => document.documentElement.dataset.atFirstBody)).toBe(
    'dark',
  );
  await expect(theme(other, 'Dark')).toBeChecked();
  // Inside a shadow root, where an inherited token is all there is.
  await expect(other.page.locator('sa-settings-page section').first()).toHaveCSS(
    'background-color',
    'rgb(19, 29, 31)',
  );
});

test('the theme is a row: it survives the loss of what is remembered for the first paint', async ({
  app,
  profile,
}) => {
  const other = new AppPage(await profile.context.newPage());
  await other.open();
  await app.open('/#/settings');
  await theme(app, 'Dark').check();
  // It hears of it once the row is written.
  await expect.poll(() => ground(other)).toBe(dark);
  await app.page.evaluate(() => localStorage.clear());
  await app.reload();
  await expect(theme(app, 'Dark')).toBeChecked();
  await expect.poll(() => ground(app)).toBe(dark);
});

test('one tab plays: starting in another pauses the first, which can take over again', async ({
  app,
  origin,
  profile,
}) => {
  const feed = origin.addFeed({
    title: 'One at a Time',
    episodes: [{ title: 'Long', audio: wav({ durationS: 300, seed: 91 }) }],
  });
  await app.subscribe(feed.url);
  await app.episode('Long').play();
  await app.player.isPlaying();
  const other = new AppPage(await profile.context.newPage());
  await other.open('/#/episodes');
  await other.episode('Long').play();
  await other.player.isPlaying();
  await expect.poll(() => isPaused(app)).toBe(true);
  expect(await isPaused(other), 'the one that started goes on').toBe(false);

  await app.page.bringToFront();
  await app.player.region.getByRole('button', { name: 'Play', exact: true }).click();
  await app.player.isPlaying();
  await expect.poll(() => isPaused(other)).toBe(true);
});

test('what is no message of ours changes nothing in a tab', async ({ app, origin }) => {
  const feed = origin.addFeed({
    title: 'Undisturbed',
    episodes: [{ title: 'Calm', audio: wav({ durationS: 300, seed: 92 }) }],
  });
  await app.subscribe(feed.url);
  await app.episode('Calm').play();
  await app.player.isPlaying();
  await app.page.evaluate(() => {
    const channel = new BroadcastChannel('stowaway tabs');
    const started = { type: 'player/started', episodeId: 'x', startedAt: Date.now() + 60_000 };
    const of = (message: unknown) => ({ protocol: 1, kind: 'tab', tabId: 'tab', message });
    channel.postMessage('playing');
    channel.postMessage(started);
    channel.postMessage({ ...of(started), protocol: 99 });
    channel.postMessage(of({ ...started, url: 'https://example.com' }));
    channel.postMessage({ ...of(started), extra: 1 });
    channel.close();
  });
  await app.player.isPlaying();
  expect(await isPaused(app)).toBe(false);

  // The same way, and in the words of the contract, it is heard.
  await app.page.evaluate(() => {
    const channel = new BroadcastChannel('stowaway tabs');
    const message = { type: 'player/started', episodeId: 'x', startedAt: Date.now() };
    channel.postMessage({ protocol: 1, kind: 'tab', tabId: 'tab', message });
    channel.close();
  });
  await expect.poll(() => isPaused(app)).toBe(true);
});

function theme({ page }: AppPage, name: string) {
  return page
    .getByRole('radiogroup', { name: 'Theme', exact: true })
    .getByRole('radio', { name, exact: true });
}

function ground({ page }: AppPage): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

function isPaused({ player }: AppPage): Promise<boolean> {
  return player.audio.evaluate((audio: HTMLAudioElement) => audio.paused);
}

/** Runs in the page before its own scripts. Nothing is painted before there is a body. */
function noteThemeOfFirstBody(): void {
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    const { dataset } = document.documentElement;
    dataset.atFirstBody = dataset.theme ?? 'none';
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
