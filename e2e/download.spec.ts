import { AppPage } from './support/app-page.ts';
import { noise, wav } from './support/audio-body.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';

test('an episode of a host with CORS comes here whole, and a progress bar shows it coming', async ({
  app,
  origin,
}) => {
  const feed = origin.addFeed({
    title: 'Long Talks',
    episodes: [{ title: 'One hour', audio: wav({ durationS: 600, seed: 1 }) }],
  });
  origin.set({ bytesPerSecond: 1_500_000 });
  await app.subscribe(feed.url);
  const row = app.episode('One hour');
  await row.download();

  await row.waitForStatus('Downloading');
  await expect.poll(() => row.progress()).toBeGreaterThan(0.2);
  await expect(row.locator).toContainText(/of 4\.8 MB · \d+ %/);
  await row.waitForStatus('Downloaded');
  await expect(row.progressBar).toHaveCount(0);

  await row.play();
  await app.player.isPlaying();
  const { sha256 } = await digestOfPlayedAudio(app.page);
  expect(sha256).toBe(feed.episode('One hour').digest());
});

test('several episodes queue, in the order in which they were asked for', async ({
  app,
  origin,
}) => {
  const titles = ['First', 'Second', 'Third'];
  const feed = origin.addFeed({
    title: 'In Line',
    episodes: titles.map((title, seed) => ({ title, audio: noise({ sizeBytes: 900_000, seed }) })),
  });
  origin.set({ bytesPerSecond: 400_000 });
  await app.subscribe(feed.url);
  for (const title of titles) await app.episode(title).download();

  await app.go('Downloads');
  await expect(app.page.getByRole('listitem').filter({ hasText: /First|Second|Third/ })).toHaveText(
    titles.map((title) => new RegExp(title)),
  );
  await app.episode('Third').waitForStatus('Queued');
  origin.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
  for (const title of titles) await app.episode(title).waitForStatus('Downloaded');
});

test('Cancel ends a download, Delete frees its space', async ({ app, origin }) => {
  const feed = origin.addFeed({
    title: 'Come and Go',
    episodes: [
      { title: 'Kept', audio: noise({ sizeBytes: 6_000_000, seed: 3 }) },
      { title: 'Dropped', audio: noise({ sizeBytes: 6_000_000, seed: 4 }) },
    ],
  });
  feed.episode('Dropped').set({ bytesPerSecond: 300_000 });
  await app.subscribe(feed.url);
  const kept = app.episode('Kept');
  const dropped = app.episode('Dropped');
  await dropped.download();
  await dropped.waitForStatus('Downloading');
  await dropped.cancel();
  await dropped.waitForStatus('Not downloaded');
  await expect.poll(() => storedSegments(app)).toBe(0);

  await kept.download();
  await kept.waitForStatus('Downloaded');
  expect(await storedSegments(app)).toBeGreaterThan(10);
  await kept.delete();
  await kept.waitForStatus('Not downloaded');
  await expect.poll(() => storedSegments(app)).toBe(0);
});

test('Pause stops the network, Resume fetches only the rest', async ({ app, origin }) => {
  const audio = noise({ sizeBytes: 6_000_000, seed: 5 });
  const feed = origin.addFeed({ title: 'Stop and Go', episodes: [{ title: 'Halfway', audio }] });
  const episode = feed.episode('Halfway');
  episode.set({ bytesPerSecond: 1_000_000 });
  await app.subscribe(feed.url);
  const row = app.episode('Halfway');
  await row.download();
  await expect.poll(() => row.progress()).toBeGreaterThan(0.3);
  await row.button('Pause').click();
  await row.waitForStatus('Paused');
  await expect.poll(() => episode.requests.every(({ ended }) => ended)).toBe(true);

  await row.button('Resume').click();
  await row.waitForStatus('Downloaded');
  // What was under way at the pause may come twice: one segment per connection, and the probe.
  expect(episode.bytesSent).toBeLessThan(audio.sizeBytes * 1.4);
});

test('what is half here plays, with the rest from the network', async ({ app, origin }) => {
  const audio = wav({ durationS: 600, seed: 7 });
  const feed = origin.addFeed({ title: 'Impatient', episodes: [{ title: 'Half here', audio }] });
  const episode = feed.episode('Half here');
  episode.set({ bytesPerSecond: 700_000 });
  await app.subscribe(feed.url);
  const row = app.episode('Half here');
  await row.download();
  await expect.poll(() => row.progress()).toBeGreaterThan(0.3);
  await row.button('Pause').click();
  await row.waitForStatus('Paused');
  episode.set({ bytesPerSecond: Number.POSITIVE_INFINITY });

  await row.play();
  await app.player.isPlaying();
  await app.player.seekTo(0.8);
  await app.player.seekTo(0.05);
  expect(await app.player.source()).toContain('/media/');
});

test('two tabs show the same', async ({ app, origin, profile }) => {
  const audio = noise({ sizeBytes: 5_000_000, seed: 6 });
  const feed = origin.addFeed({ title: 'Twice Open', episodes: [{ title: 'Shared', audio }] });
  origin.set({ bytesPerSecond: 800_000 });
  await app.subscribe(feed.url);
  const row = app.episode('Shared');
  const other = new AppPage(await profile.context.newPage());
  await other.open('/#/episodes');
  const otherRow = other.episode('Shared');
  await otherRow.waitForStatus('Not downloaded');

  await row.download();
  await otherRow.waitForStatus('Downloading');
  await expect.poll(() => otherRow.progress()).toBeGreaterThan(0.1);
  await otherRow.cancel();
  await row.waitForStatus('Not downloaded');

  origin.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
  await otherRow.download();
  await row.waitForStatus('Downloaded');
  await otherRow.waitForStatus('Downloaded');
  expect(await storedSegments(other)).toBeGreaterThan(10);
});

/** How many segments lie in the store. Space itself is no figure: browsers round it, and lag. */
function storedSegments({ page }: AppPage): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('stowaway');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const counting = db.transaction('segments').objectStore('segments').count();
          counting.onsuccess = () => {
            db.close();
            resolve(counting.result);
          };
        };
      }),
  );
}
