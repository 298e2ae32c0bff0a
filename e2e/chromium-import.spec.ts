import type { BrowserContext } from '@playwright/test';
import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { ImportPage, opmlOf } from './support/import-page.ts';
import { expect, test } from './support/test.ts';
import { WakeUpCalls } from './support/wake-up-calls.ts';

const AUDIO = wav({ durationS: 5, seed: 98 });

test('an import goes on with every tab closed, and is whole when the app is opened again', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const feeds = Array.from({ length: 12 }, (_, index) =>
    origin.addFeed({
      title: `Show ${index + 1}`,
      episodes: [{ title: `Pilot ${index + 1}`, audio: AUDIO }],
    }),
  );
  const later = feeds.slice(4);
  for (const { resource } of later) resource.set({ fault: { kind: 'stall', afterBytes: 0 } });
  await app.worksOffline();
  const imports = new ImportPage(app.page);
  await imports.open();
  await imports.choose(opmlOf(feeds.map(({ url }) => url)));
  await expect(imports.progress).toHaveAttribute('aria-valuetext', '4 of 12 podcasts');
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  await app.page.close();
  await calls.stopWorkers();
  for (const { resource } of later) resource.set({ fault: undefined });
  const answered = ({ resource }: (typeof feeds)[number]) =>
    resource.requests.some(({ status, ended }) => status === 200 && ended);
  await calls.sync('downloads');
  await expect.poll(() => feeds.filter(answered).length, { timeout: 60_000 }).toBe(12);

  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open('/#/settings');
  await expect(reopened.page.getByText(/: a connection was back, all done\.$/)).toBeVisible({
    timeout: 60_000,
  });
  const theirs = new ImportPage(reopened.page);
  await theirs.open();
  await expect(theirs.state('Imported')).toBeVisible();
  await expect(await theirs.outcomes('Added')).toHaveCount(12);
  await reopened.go('Library');
  await expect(reopened.page.getByRole('main').getByRole('listitem')).toHaveCount(12);
});

test('the browser’s last call leaves what cannot be read to the next page, and loses none of it', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const feeds = Array.from({ length: 3 }, (_, index) =>
    origin.addFeed({
      title: `Show ${index + 1}`,
      episodes: [{ title: `Pilot ${index + 1}`, audio: AUDIO }],
    }),
  );
  await app.worksOffline();
  const imports = new ImportPage(app.page);
  await imports.open();
  await server.stop();
  await imports.choose(opmlOf(feeds.map(({ url }) => url)));
  await expect(imports.progress).toHaveAttribute('aria-valuetext', '0 of 3 podcasts');
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  await app.page.close();
  await calls.stopWorkers();
  await calls.sync('downloads', true);
  await expect.poll(() => lastOutcome(profile.context)).toBe('left');
  await server.restart();
  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open();
  const theirs = new ImportPage(reopened.page);
  await theirs.open();
  await expect(theirs.state('Imported')).toBeVisible({ timeout: 60_000 });
  await expect(await theirs.outcomes('Added')).toHaveCount(3);
});

/** Of the last wake-up, read by the worker: no page of the app is open. */
function lastOutcome(context: BrowserContext): Promise<unknown> | undefined {
  const worker = context.serviceWorkers().at(-1);
  return worker?.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('stowaway');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction('wake-ups').objectStore('wake-ups');
          const reading = store.getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result.at(-1)?.outcome);
          };
        };
      }),
  );
}
