import type { Page } from '@playwright/test';
import { noise, wav } from './support/audio-body.ts';
import { expectInterfaceEqualsRows } from './support/library-rows.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { expect, test } from './support/test.ts';
import { WorkerStopper } from './support/worker-stopper.ts';

/*
 * The worker is ended between every two messages, and in the middle of them. What the page shows is
 * what the rows say, and everything that was asked for happens.
 */

/** Each engine and each moment; with `EVERY_ENGINE=1` each with each. */
const DEATHS = [
  { engine: 'Background Fetch', moment: 'before', always: false },
  { engine: 'Background Fetch', moment: 'after', always: true },
  { engine: 'foreground', moment: 'before', always: true },
  { engine: 'foreground', moment: 'after', always: false },
] as const;

for (const { engine, moment } of DEATHS.filter((it) => it.always || process.env.EVERY_ENGINE)) {
  test.describe(engine, () => {
    test.use({ withoutBackgroundFetch: engine === 'foreground' });
    test(`subscribe, download, pause, resume, delete, with the worker ended ${moment} each message`, async ({
      page,
      app,
      origin,
    }) => {
      // Hundreds of workers are started.
      test.slow();
      const feed = origin.addFeed({
        title: 'Nine Lives',
        episodes: [
          { title: 'Cat', audio: noise({ sizeBytes: 24_000_000, seed: 81 }) },
          { title: 'Mouse', audio: wav({ durationS: 60, seed: 82 }) },
        ],
      });
      const cat = feed.episode('Cat');
      cat.set({ bytesPerSecond: 1_000_000 });
      const stopper = await WorkerStopper.of(page);
      await stopper.stopAtEveryMessage(page, moment);
      await app.reload();
      // What every page asks for when it opens.
      await expect.poll(() => stopper.stops).toBeGreaterThan(1);

      await app.subscribe(feed.url);
      const row = app.episode('Cat');
      await row.download();
      await expect.poll(() => row.progress(), { timeout: 60_000 }).toBeGreaterThan(0.2);
      await row.button('Pause').click();
      await row.waitForStatus('Paused');
      await expectInterfaceEqualsRows(app);
      await row.button('Resume').click();
      cat.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
      await row.waitForStatus('Downloaded', { timeoutMs: 60_000 });
      await expectInterfaceEqualsRows(app);

      await app.episode('Mouse').download();
      await app.episode('Mouse').waitForStatus('Downloaded', { timeoutMs: 60_000 });
      await row.delete();
      await row.waitForStatus('Not downloaded');
      await expectInterfaceEqualsRows(app);
      await app.episode('Mouse').play();
      await app.player.isPlaying();
      const { sha256 } = await digestOfPlayedAudio(page);
      expect(sha256).toBe(feed.episode('Mouse').digest());
      expect(stopper.stops).toBeGreaterThan(8);
    });
  });
}

test('the stream of progress comes back each time its worker is ended', async ({
  page,
  app,
  origin,
}) => {
  const audio = noise({ sizeBytes: 30_000_000, seed: 83 });
  const feed = origin.addFeed({ title: 'Long Haul', episodes: [{ title: 'Freight', audio }] });
  origin.set({ bytesPerSecond: 1_000_000 });
  await countStreams(page);
  await app.reload();
  const stopper = await WorkerStopper.of(page);
  await app.subscribe(feed.url);
  const row = app.episode('Freight');
  await row.download();
  for (let life = 1; life <= 5; life += 1) {
    await expect.poll(() => latestStream(page)).toMatchObject({ hasItems: true });
    const { number } = await latestStream(page);
    await stopper.stop();
    await expect.poll(async () => (await latestStream(page)).number).toBeGreaterThan(number);
  }
  await expect.poll(async () => (await latestStream(page)).items).toBeGreaterThan(1);
  await expectInterfaceEqualsRows(app);
});

test('what plays from the store plays on, however often the worker is ended', async ({
  page,
  app,
  origin,
}) => {
  const audio = wav({ durationS: 600, seed: 84, bytesPerSample: 2 });
  const feed = origin.addFeed({ title: 'Lullabies', episodes: [{ title: 'Slumber', audio }] });
  await app.subscribe(feed.url);
  await app.episode('Slumber').download();
  await app.episode('Slumber').waitForStatus('Downloaded');
  await app.episode('Slumber').play();
  await app.player.isPlaying();
  expect(await app.player.source()).toContain('/media/');
  const stopper = await WorkerStopper.of(page);
  for (const place of [0.9, 0.1, 0.5, 0.3, 0.7]) {
    await stopper.stop();
    await app.player.passes(await app.player.currentTimeS());
    await stopper.stop();
    await app.player.seekTo(place);
    await stopper.stop();
    await app.player.isPlaying();
  }
  await expectInterfaceEqualsRows(app);
});

/** From the next load on, counts the items of each stream that the page opens. */
async function countStreams(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counts: number[] = [];
    Object.assign(window, { streamItems: counts });
    const post = ServiceWorker.prototype.postMessage as (
      message: unknown,
      transfer: Transferable[],
    ) => void;
    ServiceWorker.prototype.postMessage = function (
      this: ServiceWorker,
      message: unknown,
      transfer: unknown,
    ) {
      const isStream = (message as { kind: string }).kind === 'stream';
      const [port] = transfer as MessagePort[];
      if (!isStream || !port) return post.call(this, message, transfer as Transferable[]);
      const { port1, port2 } = new MessageChannel();
      const index = counts.push(0) - 1;
      port1.onmessage = ({ data }) => {
        counts[index] = (counts[index] ?? 0) + 1;
        port.postMessage(data);
      };
      post.call(this, message, [port2]);
    };
  });
}

/** Which stream the page has opened last, and what came through it. A life may see more than one. */
function latestStream(page: Page): Promise<{ number: number; items: number; hasItems: boolean }> {
  return page.evaluate(() => {
    const { streamItems } = window as unknown as { streamItems: number[] };
    const items = streamItems.at(-1) ?? 0;
    return { number: streamItems.length, items, hasItems: items > 0 };
  });
}
