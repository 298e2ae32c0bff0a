import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { Inspector } from './support/inspector.ts';
import { expect, test } from './support/test.ts';
import { WakeUpCalls } from './support/wake-up-calls.ts';

const ASK = 'Ask the worker something';

test('a worker that is ended is seen to end, and recording goes on with the next', async ({
  app,
  profile,
}) => {
  // Ended while it installs, it would not come again.
  await app.worksOffline();
  const inspector = new Inspector(app.page);
  await inspector.open();
  const { worker: first } = await inspector.exported();
  await stopWorkers(profile.context, app.page);
  await expect(app.page.getByText(/life \S+, ended/)).toBeVisible();

  await inspector.run(ASK, 'Version');
  await expect(app.page.getByText(/life \S+, ended/)).toBeHidden();
  const [started] = await inspector.traces({ channel: 'life', type: 'worker started' });
  const { worker: second, traces } = await inspector.exported();
  expect(second?.lifeId).not.toBe(first?.lifeId);
  expect(started?.data).toContain(second?.lifeId);
  const [ended] = await inspector.traces({ channel: 'life', type: 'worker ended' });
  expect(ended?.data).toContain(first?.lifeId);
  const seen = traces.filter(
    ({ type, seenBy }) => type === 'worker/version' && seenBy === 'worker',
  );
  expect(seen.map(({ phase }) => phase)).toEqual(['begin', 'end']);
});

test('a Background Fetch of the Inspector is shown from its progress to its end', async ({
  app,
}) => {
  const inspector = new Inspector(app.page);
  await inspector.open();
  await inspector.run('Start a Background Fetch of 20 MB', '20 MB have come.', {
    timeoutMs: 60_000,
  });
  const progress = await inspector.traces({ type: 'progress', from: 'browser', to: 'page' });
  expect(progress.length).toBeGreaterThan(1);
  const [settled] = await inspector.traces({ type: 'backgroundfetchsuccess', phase: 'end' });
  expect(settled?.outcome).toBe('ok');
});

test('a Background Fetch of the Inspector can be aborted', async ({ app }) => {
  const title = 'Start a Background Fetch of 20 MB';
  const inspector = new Inspector(app.page);
  await inspector.open();
  await inspector.button(`Run: ${title}`).click();
  await inspector.button(`Stop: ${title}`).click();
  await inspector.traces({ type: 'backgroundfetchabort', phase: 'end' });
});

test('what was recorded is saved as a file', async ({ app }) => {
  const inspector = new Inspector(app.page);
  await inspector.open();
  await inspector.run(ASK, 'Version');
  await inspector.traces({ type: 'worker/version' });
  const download = app.page.waitForEvent('download');
  await inspector.button('Export').click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^stowaway-inspector-[\dT-]+\.json$/);
  const { traces } = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(traces.map(({ type }: { type: string }) => type)).toContain('worker/version');
});

test('what waits in the outbox is shown as it stands, and every wake-up with what it led to', async ({
  app,
  origin,
  profile,
  server,
}) => {
  const feed = origin.addFeed({
    title: 'Seen Waiting',
    episodes: [{ title: 'One', audio: wav({ durationS: 5, seed: 97 }) }],
  });
  await app.worksOffline();
  const calls = await WakeUpCalls.through(await profile.context.newPage(), server.address);
  await app.page.bringToFront();
  const inspector = new Inspector(app.page);
  await inspector.open();
  await expect(app.page.getByText(/^Empty\. What has to reach a server/)).toBeVisible();

  const second = new AppPage(await profile.context.newPage());
  await second.open();
  await expect(inspector.wakeUp('A page was opened').first()).toContainText('nothing to send');
  await server.stop();
  await second.subscribe(feed.url);
  const row = inspector.outboxRow('subscribe 127.0.0.1');
  await expect(row).toContainText(/Sequence\s*1/);
  await expect(row).toContainText(/Attempts\s*[1-9]/);
  await expect(row).toContainText('gateway-unreachable');
  await expect(inspector.wakeUp('A page was told of a change').first()).toContainText('1 left');
  await calls.sync('outbox', true);
  await expect(inspector.wakeUp('Background Sync (outbox, the last call)')).toContainText('1 left');
  await profile.context.setOffline(true);
  await profile.context.setOffline(false);
  await expect(inspector.wakeUp('A page is online again').first()).toBeVisible();

  await server.restart();
  await expect(app.page.getByText(/^Empty\. What has to reach a server/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(inspector.wakeUp(/1 sent/).first()).toBeVisible();
});

async function stopWorkers(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}
