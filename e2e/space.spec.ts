import type { Page, Worker } from '@playwright/test';
import { AppPage } from './support/app-page.ts';
import { noise, wav } from './support/audio-body.ts';
import { digestOfAddress } from './support/player.ts';
import { expect, test } from './support/test.ts';

/* What is on the device, what goes, what stays, and over which network it comes. */

test('several are deleted at once, and an undo brings them back without a byte from the host', async ({
  app,
  origin,
}) => {
  const titles = ['One', 'Two', 'Three'];
  const feed = origin.addFeed({
    title: 'Full Hold',
    episodes: titles.map((title, seed) => ({ title, audio: noise({ sizeBytes: 900_000, seed }) })),
  });
  await app.subscribe(feed.url);
  for (const title of titles) await app.episode(title).download();
  for (const title of titles) await app.episode(title).waitForStatus('Downloaded');
  const ids = await idsByTitle(app.page);
  await app.go('Downloads');
  await expect(app.page.getByRole('group', { name: 'Full Hold' })).toContainText('3 episodes');

  await select(app.page, 'One', 'Three');
  const requests = origin.requests.length;
  await app.page.getByRole('button', { name: 'Delete selected', exact: true }).click();
  await expect(app.episode('One').locator).toHaveCount(0);
  await expect(app.episode('Two').locator).toHaveCount(1);
  const undo = app.page.getByRole('button', { name: 'Undo', exact: true });
  await expect(undo).toBeFocused();
  // The wish and its undo are rows: another page of the app shows both.
  await app.reload();
  await expect(app.episode('Two').locator).toHaveCount(1);
  await undo.click();
  for (const title of titles) await app.episode(title).waitForStatus('Downloaded');
  await expect(undo).toHaveCount(0);
  for (const title of titles) {
    const { sha256 } = await digestOfAddress(app.page, `media/${ids[title]}`);
    expect(sha256).toBe(feed.episode(title).digest());
  }
  expect(origin.requests).toHaveLength(requests);
});

test('what was deleted with others goes for good, although its tab is closed', async ({
  app,
  origin,
  profile,
}) => {
  const titles = ['Gone', 'Gone too', 'Still here'];
  const feed = origin.addFeed({
    title: 'Clean Sweep',
    episodes: titles.map((title, seed) => ({
      title,
      audio: noise({ sizeBytes: 700_000, seed: seed + 20 }),
    })),
  });
  await app.subscribe(feed.url);
  for (const title of titles) await app.episode(title).download();
  for (const title of titles) await app.episode(title).waitForStatus('Downloaded');
  await app.go('Downloads');
  await select(app.page, 'Gone', 'Gone too');
  await app.page.getByRole('button', { name: 'Delete selected', exact: true }).click();
  await expect(app.episode('Gone').locator).toHaveCount(0);

  const next = await profile.context.newPage();
  await app.page.close();
  const again = new AppPage(next);
  await again.open('/#/downloads');
  await again.episode('Still here').waitForStatus('Downloaded');
  await expect(next.getByRole('button', { name: 'Undo', exact: true })).toHaveCount(0, {
    timeout: 45_000,
  });
  await expect.poll(() => storedEpisodes(next)).toBe(1);
  await expect(again.episode('Gone').locator).toHaveCount(0);
});

test('a rule shows what it would delete, and leaves alone what plays and what is marked', async ({
  app,
  origin,
}) => {
  const titles = ['Latest', 'Plain', 'Playing', 'Marked'];
  const feed = origin.addFeed({
    title: 'Daily Tide',
    episodes: titles.map((title, seed) => ({ title, audio: wav({ durationS: 120, seed }) })),
  });
  await app.subscribe(feed.url);
  for (const title of titles.toReversed()) {
    await app.episode(title).download();
    await app.episode(title).waitForStatus('Downloaded');
  }
  await app.episode('Playing').play();
  await app.player.isPlaying();
  await app.go('Downloads');
  await app.page.getByRole('button', { name: 'Keep Marked', exact: true }).click();
  await expect(app.page.getByRole('button', { name: 'Keep Marked', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  await app.go('Settings');
  const newest = app.page.getByLabel('Newest to keep of each podcast');
  await newest.selectOption('1');
  const preview = app.page.getByRole('group', { name: /^This deletes 1 episode now/ });
  await expect(preview).toContainText('Plain');
  await preview.getByRole('button', { name: 'Leave it as it was' }).click();
  await expect(newest).toHaveValue('');
  await expect.poll(() => storedEpisodes(app.page)).toBe(4);

  await newest.selectOption('1');
  await preview.getByRole('button', { name: 'Delete 1 episode' }).click();
  await expect(newest).toHaveValue('1');
  await expect.poll(() => storedEpisodes(app.page)).toBe(3);
  await app.go('Downloads');
  for (const title of ['Latest', 'Playing', 'Marked']) {
    await app.episode(title).waitForStatus('Downloaded');
  }
  await expect(app.episode('Plain').locator).toHaveCount(0);
  await app.player.isPlaying();
});

test('on a mobile network downloads wait, and go on when that is allowed, once or for all', async ({
  app,
  browserKind,
  origin,
}) => {
  test.skip(browserKind === 'firefox', 'it does not tell one network from another, and says so');
  const titles = ['Patient', 'Urgent'];
  const feed = origin.addFeed({
    title: 'Roaming',
    episodes: titles.map((title, seed) => ({
      title,
      audio: noise({ sizeBytes: 600_000, seed: seed + 40 }),
    })),
  });
  await app.subscribe(feed.url);
  await app.go('Settings');
  const unmetered = app.page.getByRole('switch', { name: 'Only on unmetered networks' });
  await expect(app.page.getByText(/does not tell mobile networks from others/)).toBeVisible();
  await unmetered.click();
  await expect(unmetered).toBeChecked();
  await useMobileNetwork(await workerOf(app.page));

  await app.go('Episodes');
  for (const title of titles) await app.episode(title).download();
  for (const title of titles) await app.episode(title).waitForStatus('Waiting for network');
  await expect(app.episode('Urgent').locator).toContainText('Resume gets it now anyway');
  expect(feed.episodes.flatMap(({ requests }) => requests)).toEqual([]);
  await app.episode('Urgent').button('Resume').click();
  await app.episode('Urgent').waitForStatus('Downloaded');
  await app.episode('Patient').waitForStatus('Waiting for network');

  await app.go('Settings');
  await unmetered.click();
  await app.go('Episodes');
  await app.episode('Patient').waitForStatus('Downloaded');
});

test('Pause all and Resume all, and a queue in another order', async ({ app, origin }) => {
  const titles = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'];
  const feed = origin.addFeed({
    title: 'Long Line',
    episodes: titles.map((title, seed) => ({
      title,
      audio: noise({ sizeBytes: 900_000, seed: seed + 60 }),
    })),
  });
  origin.set({ bytesPerSecond: 60_000 });
  await app.subscribe(feed.url);
  for (const title of titles) await app.episode(title).download();
  await app.go('Downloads');
  await app.episode('Sixth').waitForStatus('Queued');
  await app.page.getByRole('button', { name: 'Change order', exact: true }).click();
  await app.page.getByRole('button', { name: 'Get Sixth next', exact: true }).press('Enter');
  await expect(app.episode('Fifth').locator).toContainText('Place in the queue: 6');
  await app.page.getByRole('button', { name: 'Get Fifth next', exact: true }).press('Enter');
  await expect(app.episode('Sixth').locator).not.toContainText('Place in the queue: 6');
  await expect(app.episode('Fourth').locator).toContainText('Place in the queue: 6');
  await app.page.getByRole('button', { name: 'Done', exact: true }).click();

  await app.page.getByRole('button', { name: 'Pause all', exact: true }).click();
  for (const title of titles) await app.episode(title).waitForStatus('Paused');
  await app.reload();
  for (const title of titles) await app.episode(title).waitForStatus('Paused');
  origin.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
  await app.page.getByRole('button', { name: 'Resume all', exact: true }).click();
  for (const title of titles) await app.episode(title).waitForStatus('Downloaded');
});

async function select(page: Page, ...titles: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  for (const title of titles) {
    await page.getByRole('checkbox', { name: `Select ${title}`, exact: true }).check();
  }
}

async function workerOf(page: Page): Promise<Worker> {
  const [running] = page.context().serviceWorkers();
  return running ?? page.context().waitForEvent('serviceworker');
}

/** Desktop browsers do not say which kind of network they are on: this worker believes it is mobile. */
function useMobileNetwork(worker: Worker): Promise<void> {
  return worker.evaluate(() => {
    Object.defineProperty(navigator, 'connection', { value: { type: 'cellular' } });
  });
}

function storedEpisodes(page: Page): Promise<number> {
  return read(page, 'attempts').then((attempts) => attempts.length);
}

async function idsByTitle(page: Page): Promise<Record<string, string>> {
  const episodes = (await read(page, 'episodes')) as { id: string; title: string }[];
  return Object.fromEntries(episodes.map(({ id, title }) => [title, id]));
}

function read(page: Page, store: string): Promise<unknown[]> {
  return page.evaluate(
    (name) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open('stowaway');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const reading = db.transaction(name).objectStore(name).getAll();
          reading.onsuccess = () => {
            db.close();
            resolve(reading.result);
          };
        };
      }),
    store,
  );
}
