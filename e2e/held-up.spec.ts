import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { expect, test } from './support/test.ts';

test('a window of an older version that does not make way is named, and all goes on without it', async ({
  origin,
  profile,
  server,
}) => {
  const feed = origin.addFeed({
    title: 'Patience',
    episodes: [{ title: 'One', audio: wav({ durationS: 2, seed: 7 }) }],
  });
  // It has the old database open, and hears of nothing, as a frozen tab does.
  const older = await profile.context.newPage();
  await older.goto(`${server.address}/healthz`);
  await older.evaluate(holdFirstVersion);
  const app = new AppPage(await profile.context.newPage());
  await app.open();
  const words = app.page.getByText('Another window of Stowaway holds up the update. Close it.');
  await expect(words).toBeVisible({ timeout: 30_000 });
  await older.close();
  await expect(words).toBeHidden({ timeout: 30_000 });
  await app.subscribe(feed.url);
  await expect(app.page.getByText('Patience').first()).toBeVisible();
});

/** Runs in the page: the database as the first version made it, held for as long as the page lives. */
function holdFirstVersion(): Promise<unknown> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('stowaway', 1);
    opening.onupgradeneeded = () => {
      const db = opening.result;
      const make = (name: string, keyPath: string | string[]) =>
        db.createObjectStore(name, { keyPath });
      make('podcasts', 'id');
      const episodes = make('episodes', 'id');
      episodes.createIndex('byPodcast', ['podcastId', 'publishedAt']);
      episodes.createIndex('byDate', 'publishedAt');
      make('downloads', 'episodeId').createIndex('byPosition', 'position');
      make('attempts', 'id').createIndex('byEpisode', 'episodeId');
      make('segments', ['attemptId', 'offsetBytes']);
      make('playback', 'episodeId');
    };
    opening.onsuccess = () => {
      // One that nobody knows of any more may be closed.
      Object.assign(globalThis, { held: opening.result });
      resolve(undefined);
    };
  });
}
