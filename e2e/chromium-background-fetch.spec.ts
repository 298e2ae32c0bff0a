import { AppPage } from './support/app-page.ts';
import { noise, wav } from './support/audio-body.ts';
import { heldByBrowser } from './support/background-fetch.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';

test('four episodes are queued, every tab is closed, and all of them complete', async ({
  app,
  origin,
  profile,
}) => {
  const titles = ['Alpha', 'Beta', 'Gamma', 'Delta'];
  const feed = origin.addFeed({
    title: 'Without a Page',
    episodes: titles.map((title, index) => ({
      title,
      audio: wav({ durationS: 500, seed: 41 + index }),
    })),
  });
  origin.set({ bytesPerSecond: 1_000_000 });
  await app.subscribe(feed.url);
  for (const title of titles) await app.episode(title).download();
  // The browser holds all four once none of them waits for a page any more.
  await expect.poll(() => heldByBrowser(app.page)).toBe(4);
  await expect.poll(() => feed.episodes[0]?.requests.length ?? 0).toBeGreaterThan(1);
  await profile.context.newPage();
  await app.page.close();

  const sent = () => feed.episodes.map((episode) => episode.bytesSent >= episode.audio.sizeBytes);
  await expect.poll(sent, { timeout: 60_000 }).toEqual([true, true, true, true]);
  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open('/#/episodes');
  for (const title of titles) {
    await reopened.episode(title).waitForStatus('Downloaded', { timeoutMs: 60_000 });
    await reopened.episode(title).play();
    await reopened.player.isPlaying();
    const { sha256 } = await digestOfPlayedAudio(reopened.page);
    expect(sha256, title).toBe(feed.episode(title).digest());
  }
});

test('a browser killed in the middle goes on after its next start, and little comes twice', async ({
  app,
  origin,
  profile,
}) => {
  const audio = noise({ sizeBytes: 14_000_000, seed: 51 });
  const feed = origin.addFeed({ title: 'Power Cut', episodes: [{ title: 'Big', audio }] });
  const episode = feed.episode('Big');
  origin.set({ bytesPerSecond: 2_000_000 });
  await app.subscribe(feed.url);
  await app.episode('Big').download();
  await expect.poll(() => app.episode('Big').progress(), { timeout: 30_000 }).toBeGreaterThan(0.4);
  await profile.kill();

  await profile.relaunch();
  const again = new AppPage(await profile.page());
  await again.open('/#/episodes');
  const row = again.episode('Big');
  await expect.poll(() => row.progress()).toBeGreaterThan(0.2);
  await row.waitForStatus('Downloaded', { timeoutMs: 80_000 });
  expect(episode.bytesSent).toBeLessThan(audio.sizeBytes * 1.35);
  await row.play();
  const { sha256 } = await digestOfPlayedAudio(again.page);
  expect(sha256).toBe(episode.digest());
});

test('a browser closed in order in the middle goes on as well', async ({
  app,
  origin,
  profile,
}) => {
  const audio = noise({ sizeBytes: 14_000_000, seed: 52 });
  const feed = origin.addFeed({ title: 'Good Night', episodes: [{ title: 'Big', audio }] });
  origin.set({ bytesPerSecond: 2_000_000 });
  await app.subscribe(feed.url);
  await app.episode('Big').download();
  await expect.poll(() => app.episode('Big').progress(), { timeout: 30_000 }).toBeGreaterThan(0.4);
  await profile.close();

  await profile.relaunch();
  const again = new AppPage(await profile.page());
  await again.open('/#/episodes');
  await again.episode('Big').waitForStatus('Downloaded', { timeoutMs: 80_000 });
  expect(feed.episode('Big').bytesSent).toBeLessThan(audio.sizeBytes * 1.35);
  await again.episode('Big').play();
  const { sha256 } = await digestOfPlayedAudio(again.page);
  expect(sha256).toBe(feed.episode('Big').digest());
});
