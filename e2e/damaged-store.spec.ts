import type { Page } from '@playwright/test';
import { wav } from './support/audio-body.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';
import { audit, NO_WRONGS, newTally, wrongsOf } from './torture/tally.ts';

test('a segment that is missing, or shorter than it was, is found, and the episode comes back whole', async ({
  app,
  origin,
}) => {
  test.slow();
  const feed = origin.addFeed({
    title: 'Moth Holes',
    episodes: ['Missing', 'Shorter'].map((title, seed) => ({
      title,
      audio: wav({ durationS: 100, seed: 400 + seed }),
    })),
  });
  await app.subscribe(feed.url);
  for (const title of ['Missing', 'Shorter']) await app.episode(title).download();
  for (const title of ['Missing', 'Shorter']) await app.episode(title).waitForStatus('Downloaded');
  await damage(app.page, 'Missing');
  await damage(app.page, 'Shorter');
  await app.reload();
  await app.episode('Missing').waitForStatus('Removed by the browser');
  // What is gone needs one press; what has changed is found by the slow check, and fetched again.
  await app.episode('Missing').download();
  for (const title of ['Missing', 'Shorter']) {
    await expect.poll(() => isWhole(app.page, title)).toBe(true);
    await app.episode(title).waitForStatus('Downloaded');
    await app.episode(title).play();
    await expect(app.player.region).toContainText(title);
    await app.player.isPlaying();
    const { sha256 } = await digestOfPlayedAudio(app.page);
    expect(sha256, title).toBe(feed.episode(title).digest());
  }
  const tally = newTally();
  await audit(app.page, feed, tally);
  expect(wrongsOf(tally)).toEqual(NO_WRONGS);
});

/** Whether the stored segments of an episode are as long as its journal says, read past the app. */
function isWhole(page: Page, title: string): Promise<boolean> {
  return page.evaluate(async (name) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('stowaway');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const tx = db.transaction(['episodes', 'downloads', 'segments']);
    const all = <Row>(store: string) =>
      new Promise<Row[]>((resolve) => {
        const reading = tx.objectStore(store).getAll();
        reading.onsuccess = () => resolve(reading.result);
      });
    const episodes = await all<{ id: string; title: string; enclosure: { sizeBytes: number } }>(
      'episodes',
    );
    const episode = episodes.find((one) => one.title === name);
    const downloads = await all<{ episodeId: string; committedAttemptId?: string }>('downloads');
    const id = downloads.find(({ episodeId }) => episodeId === episode?.id)?.committedAttemptId;
    const segments = await all<{ attemptId: string; blob: Blob }>('segments');
    db.close();
    const sizes = segments.filter(({ attemptId }) => attemptId === id).map(({ blob }) => blob.size);
    return sizes.reduce((sum, size) => sum + size, 0) === episode?.enclosure.sizeBytes;
  }, title);
}

/** Does it to the first segment of an episode, past the app. */
async function damage(page: Page, title: 'Missing' | 'Shorter'): Promise<void> {
  await page.evaluate(async (name) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('stowaway');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const tx = db.transaction(['episodes', 'attempts', 'segments'], 'readwrite');
    const all = (store: string) =>
      new Promise<{ id: string; title: string; episodeId: string }[]>((resolve) => {
        const reading = tx.objectStore(store).getAll();
        reading.onsuccess = () => resolve(reading.result);
      });
    const episode = (await all('episodes')).find((one) => one.title === name);
    const attempt = (await all('attempts')).find(({ episodeId }) => episodeId === episode?.id);
    const segments = tx.objectStore('segments');
    const key = [attempt?.id ?? '', 0];
    if (name === 'Missing') segments.delete(key);
    else {
      const reading = segments.get(key);
      reading.onsuccess = () => {
        const segment = reading.result as { blob: Blob };
        segments.put({ ...segment, blob: segment.blob.slice(0, segment.blob.size - 1) });
      };
    }
    await new Promise((resolve) => tx.addEventListener('complete', resolve));
    db.close();
  }, title);
}
