import type { Page } from '@playwright/test';
import { AppPage } from './support/app-page.ts';
import { noise } from './support/audio-body.ts';
import { flood } from './support/flood.ts';
import { expectInterfaceEqualsRows, statusesInRows } from './support/library-rows.ts';
import { expect, test } from './support/test.ts';

test('a page that floods the worker with 10,000 messages a second leaves the app usable', async ({
  app,
  origin,
  profile,
  browserKind,
}) => {
  // 50,000 messages through a busy machine with two cores take what they take.
  test.slow();
  const titles = ['Before', 'During', 'After'];
  const feed = origin.addFeed({
    title: 'Calm Sea',
    episodes: titles.map((title, seed) => ({ title, audio: noise({ sizeBytes: 900_000, seed }) })),
  });
  await app.subscribe(feed.url);
  await app.episode('Before').download();
  await app.episode('Before').waitForStatus('Downloaded');
  const watch = browserKind === 'chromium' ? await watchWorker(app.page) : undefined;

  const flooder = new AppPage(await profile.context.newPage());
  await flooder.open('/#/episodes');
  const flooding = flood(flooder.page, { perSecond: 10_000, forMs: 5_000 });
  await app.episode('During').download();
  await app.episode('During').waitForStatus('Downloaded', { timeoutMs: 90_000 });
  await expectInterfaceEqualsRows(app);

  const { posted, asked, answered, outcomes } = await flooding;
  expect(posted).toBe(50_000);
  expect(answered).toBe(asked);
  expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(['result', 'too-many']));
  expect(outcomes).not.toHaveProperty('handler-failed');

  await app.episode('After').download();
  for (const tab of [app, flooder]) {
    await tab.episode('After').waitForStatus('Downloaded', { timeoutMs: 60_000 });
    await expectInterfaceEqualsRows(tab);
  }
  // What was there is there, and nothing else is.
  const all = Object.fromEntries(titles.map((title) => [title, 'Downloaded']));
  expect(await statusesInRows(app.page)).toEqual(all);
  await flooder.episode('Before').delete();
  await app.episode('Before').waitForStatus('Not downloaded');
  expect(profile.log.filter(isUncaught)).toEqual([]);
  if (!watch) return;
  expect(watch.errors).toEqual([]);
  // The messages were more than 500 MB.
  expect(await heapBytes(app.page)).toBeLessThan(100_000_000);
  await flooder.page.close();
});

test('messages of 100 MB are dropped, and the app goes on', async ({ app, origin }) => {
  const audio = noise({ sizeBytes: 900_000, seed: 1 });
  const feed = origin.addFeed({ title: 'Heavy Load', episodes: [{ title: 'Feather', audio }] });
  await app.subscribe(feed.url);
  test.slow();
  await app.page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const [text, bytes] = ['x'.repeat(100_000_000), new ArrayBuffer(100_000_000)];
    const envelope = { protocol: 1, kind: 'request', id: '1', type: 'download/start', params: {} };
    active?.postMessage(text);
    active?.postMessage({ ...envelope, type: text }, [new MessageChannel().port2]);
    active?.postMessage({ ...envelope, params: { episodeId: text } }, [new MessageChannel().port2]);
    active?.postMessage(bytes, [bytes]);
  });
  await app.episode('Feather').download();
  await app.episode('Feather').waitForStatus('Downloaded');
  await expectInterfaceEqualsRows(app);
});

/** Firefox reports styles that the test's own screenshots bring in as errors of the page. */
function isUncaught(line: string): boolean {
  return line.startsWith('uncaught:') && !line.includes('Content-Security-Policy');
}

/** What the worker did not catch, from now on. */
async function watchWorker(page: Page): Promise<{ errors: unknown[] }> {
  const errors: unknown[] = [];
  const session = await page.context().newCDPSession(page);
  session.on('ServiceWorker.workerErrorReported', ({ errorMessage }) => errors.push(errorMessage));
  await session.send('ServiceWorker.enable');
  return { errors };
}

/** Of the page's process, which same-origin pages and their worker share, after a clean-up. */
async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}
