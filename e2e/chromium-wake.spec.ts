import { AppPage } from './support/app-page.ts';
import { noise, wav } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';
import { WakeUpCalls } from './support/wake-up-calls.ts';

test('asked for without a connection, an episode comes when it is back, with no page open', async ({
  app,
  origin,
  profile,
}) => {
  const feed = origin.addFeed({
    title: 'In the Tunnel',
    episodes: [{ title: 'Later', audio: noise({ sizeBytes: 3_000_000, seed: 81 }) }],
  });
  const episode = feed.episode('Later');
  await app.subscribe(feed.url);
  await app.episode('Later').waitForStatus('Not downloaded');
  await app.worksOffline();
  await profile.context.setOffline(true);
  await app.episode('Later').download();
  await app.episode('Later').waitForStatus('Waiting for network');
  await expect.poll(() => syncTags(app)).toEqual(['downloads']);
  await profile.context.newPage();
  await app.page.close();

  await profile.context.setOffline(false);
  await expect
    .poll(() => episode.bytesSent, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(episode.audio.sizeBytes);
  await expect.poll(() => episode.requests.every(({ ended }) => ended)).toBe(true);

  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open('/#/settings');
  await expect(reopened.page.getByText(/: a connection was back, all done\.$/)).toBeVisible();
  const asked = episode.requests.length;
  await reopened.go('Episodes');
  await reopened.episode('Later').waitForStatus('Downloaded');
  expect(episode.requests, 'the page had nothing left to ask for').toHaveLength(asked);
});

test('a stopped worker is woken, and goes on with what waits, with no page open', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const feed = origin.addFeed({
    title: 'Out of Order',
    episodes: [{ title: 'Patience', audio: noise({ sizeBytes: 3_000_000, seed: 82 }) }],
  });
  const episode = feed.episode('Patience');
  await app.subscribe(feed.url);
  await app.episode('Patience').waitForStatus('Not downloaded');
  origin.set({ status: 503 });
  await app.episode('Patience').download();
  await app.episode('Patience').waitForStatus('Waiting for network');
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  await app.page.close();
  await calls.stopWorkers();
  origin.set({ status: 200 });

  // The first calls may come before it is time to try that host again.
  await expect
    .poll(
      async () => {
        await calls.sync('downloads');
        return episode.bytesSent;
      },
      { timeout: 30_000, intervals: [1000] },
    )
    .toBeGreaterThanOrEqual(episode.audio.sizeBytes);
  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open('/#/episodes');
  await reopened.episode('Patience').waitForStatus('Downloaded');
});

test('a periodic sync looks for new episodes of podcasts that were not read for long', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const title = 'Every Morning';
  const yesterday = { title: 'Yesterday', audio: wav({ durationS: 5, seed: 83 }) };
  const today = { title: 'Today', audio: wav({ durationS: 5, seed: 84 }) };
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  const feed = origin.addFeed({ title, episodes: [yesterday] });
  await app.subscribe(feed.url);
  await app.episode('Yesterday').waitForStatus('Not downloaded');
  await calls.allow('periodic-background-sync');
  await expect.poll(() => periodicSyncTags(app)).toEqual(['podcasts']);
  await letTimePass(app);
  await app.page.close();
  await calls.stopWorkers();
  origin.addFeed({ title, episodes: [today, yesterday] });
  await calls.periodicSync('podcasts');

  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open('/#/settings');
  await expect(
    reopened.page.getByText(/: time to look for new episodes, all done\.$/),
  ).toBeVisible();
  await reopened.go('Episodes');
  await reopened.episode('Today').waitForStatus('Not downloaded');
});

function syncTags({ page }: AppPage): Promise<string[]> {
  return page.evaluate(async () => {
    const { sync } = (await navigator.serviceWorker.ready) as unknown as {
      sync: { getTags(): Promise<string[]> };
    };
    return sync.getTags();
  });
}

function periodicSyncTags({ page }: AppPage): Promise<string[]> {
  return page.evaluate(async () => {
    const { periodicSync } = (await navigator.serviceWorker.ready) as unknown as {
      periodicSync: { getTags(): Promise<string[]> };
    };
    return periodicSync.getTags();
  });
}

/** Every podcast was last read a day before it was. */
function letTimePass({ page }: AppPage): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('stowaway');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const tx = db.transaction('podcasts', 'readwrite');
          const store = tx.objectStore('podcasts');
          const reading = store.getAll();
          reading.onsuccess = () => {
            for (const podcast of reading.result) {
              store.put({ ...podcast, refreshedAt: podcast.refreshedAt - 24 * 60 * 60_000 });
            }
          };
          tx.onerror = () => reject(tx.error);
          tx.oncomplete = () => {
            db.close();
            resolve();
          };
        };
      }),
  );
}
