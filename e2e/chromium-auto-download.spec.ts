import type { BrowserContext } from '@playwright/test';
import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { pressNotification, shownNotifications } from './support/notifications.ts';
import { expect, test } from './support/test.ts';
import { WakeUpCalls } from './support/wake-up-calls.ts';

const episode = (title: string, seed: number) => ({ title, audio: wav({ durationS: 5, seed }) });

test('with no page open, a new episode is announced and downloaded, and a press leads to Episodes', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const feed = origin.addFeed({ title: 'Every Morning', episodes: [episode('Yesterday', 230)] });
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  await calls.allow('notifications');
  await calls.allow('periodic-background-sync');
  await app.open('/#/settings');
  const announce = app.page.getByRole('switch', { name: 'Announce new episodes' });
  await announce.click();
  await expect(announce).toBeChecked();
  await app.go('Library');
  await app.subscribe(feed.url);
  await app.episode('Yesterday').waitForStatus('Not downloaded');
  await app.page.getByRole('heading', { name: 'New episodes' }).click();
  await app.page.getByLabel('At most at once').selectOption('The newest one');
  await app.page.getByRole('switch', { name: 'Download new episodes by itself' }).click();
  await app.episode('Yesterday').waitForStatus('Downloaded');
  await letADayPass(app);
  await app.page.close();
  await calls.stopWorkers();

  const today = feed.publish(episode('Today', 231));
  await calls.periodicSync('podcasts');
  await expect
    .poll(() => shownNotifications(profile.context), { timeout: 30_000 })
    .toEqual([{ title: 'New: Today', body: 'Every Morning' }]);
  await expect.poll(() => lastWakeUp(profile.context), { timeout: 30_000 }).toBe('done');
  const asked = today.requests.length;

  const reopened = new AppPage(await profile.context.newPage());
  await reopened.open('/#/settings');
  await expect(
    reopened.page.getByText(/: time to look for new episodes, all done\.$/),
  ).toBeVisible();
  await pressNotification(profile.context);
  await expect(reopened.page).toHaveURL(/#\/episodes$/);
  await reopened.episode('Today').waitForStatus('Downloaded');
  await expect(reopened.episode('Today').locator.getByText('New.')).toBeAttached();
  expect(today.requests, 'the page had nothing left to ask for').toHaveLength(asked);
  await expect.poll(() => shownNotifications(profile.context)).toEqual([]);
});

/** How the last wake-up ended, as its row says. */
async function lastWakeUp(context: BrowserContext): Promise<string | undefined> {
  const worker = context.serviceWorkers().at(-1);
  const outcome = worker?.evaluate(
    () =>
      new Promise<string | undefined>((resolve, reject) => {
        const opening = indexedDB.open('stowaway');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const reading = db.transaction('wake-ups').objectStore('wake-ups').getAll();
          reading.onsuccess = () => {
            db.close();
            resolve(reading.result.at(-1)?.outcome);
          };
        };
      }),
  );
  // The browser may have ended it in this moment.
  return outcome?.catch(() => undefined);
}

/** Every podcast was last read, and last asked for, a day before it was. */
function letADayPass({ page }: AppPage): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const DAY_MS = 24 * 60 * 60_000;
        const opening = indexedDB.open('stowaway');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const tx = db.transaction(['podcasts', 'subscriptions'], 'readwrite');
          const podcasts = tx.objectStore('podcasts');
          const subscriptions = tx.objectStore('subscriptions');
          podcasts.getAll().onsuccess = ({ target }) => {
            for (const row of (target as IDBRequest<{ refreshedAt: number }[]>).result) {
              podcasts.put({ ...row, refreshedAt: row.refreshedAt - DAY_MS });
            }
          };
          subscriptions.getAll().onsuccess = ({ target }) => {
            for (const row of (target as IDBRequest<{ triedAt: number }[]>).result) {
              subscriptions.put({ ...row, triedAt: row.triedAt - DAY_MS });
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
