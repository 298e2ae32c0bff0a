import { html } from 'lit';
import { beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { failed, succeeded } from '../../../core/model/failure.ts';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import { aDownload, anEpisode, aPodcast } from '../testing/rows.ts';
import './podcast-page.ts';

let stage = aStage();
const show = (id = 'p1') =>
  mount(html`<sa-podcast-page .podcastId=${id}></sa-podcast-page>`, 'sa-podcast-page', stage);
const refresh = page.getByRole('button', { name: 'Refresh', exact: true });

beforeEach(() => {
  stage = aStage();
  stage.library.podcastRows = [
    aPodcast('p1', {
      title: 'Night Ferry',
      funding: [
        { url: 'https://example.org/pay', title: 'Keep us afloat' },
        { url: 'javascript:alert(1)', title: 'Evil' },
      ],
    }),
  ];
  stage.library.episodeRows = Array.from({ length: 120 }, (_, index) => anEpisode(`e${index}`));
  history.replaceState(null, '', '#/podcast/p1');
});

it('shows what it is, and fifty episodes at a time', async () => {
  const element = await show();
  await expect.element(page.getByRole('heading', { name: 'Night Ferry' })).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Keep us afloat' })).toBeVisible();
  expect(page.getByText('Evil').elements()).toHaveLength(0);
  await expect.element(page.getByText('A podcast about things.')).toBeVisible();
  await expect.poll(() => page.getByRole('listitem').elements().length).toBe(50);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => page.getByRole('listitem').elements().length).toBe(100);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => page.getByRole('listitem').elements().length).toBe(120);
  await expect.element(page.getByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
  expect(await violationsIn(element)).toEqual([]);
});

it('is sound while downloads are busy and have failed, also offline', async () => {
  stage.library.episodeRows.length = 5;
  stage.downloads.show(
    aDownload('e0', { kind: 'active' }, { receivedBytes: 5, totalBytes: 10 }),
    aDownload('e1', { kind: 'failed', failure: { code: 'play-only' } }),
    aDownload('e2', { kind: 'committed' }),
  );
  const element = await show();
  await expect.element(page.getByText('Failed', { exact: true })).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
  stage.status.online = false;
  stage.status.changed();
  await expect.element(page.getByText('(needs a connection)').first()).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
});

it('refreshes, and says what came of it', async () => {
  const element = await show();
  await refresh.click();
  await expect.element(page.getByText('Up to date.')).toBeVisible();
  stage.library.refreshed = Promise.resolve(succeeded({ changed: true, waits: false }));
  await refresh.click();
  await expect.element(page.getByText('Refreshed.')).toBeVisible();
  stage.library.refreshed = Promise.resolve(failed({ code: 'feed-unreachable' }));
  await refresh.click();
  await expect.element(page.getByText(/The last refresh failed/)).toBeVisible();
  stage.library.refreshed = Promise.resolve(succeeded({ changed: false, waits: true }));
  await refresh.click();
  await expect.element(page.getByText(/refreshed when there is one/)).toBeVisible();
  expect(stage.library.calls).toEqual(Array(4).fill('refresh p1'));
  expect(await violationsIn(element)).toEqual([]);
});

it('says that it waits, where nobody has read its feed yet', async () => {
  stage.library.podcastRows = [aPodcast('p1', { refreshedAt: 0 })];
  stage.library.episodeRows = [];
  const element = await show();
  await expect.element(page.getByText(/Waiting for network. You are subscribed/)).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
});

it('unsubscribes only after it was confirmed', async () => {
  await show();
  await page.getByRole('button', { name: 'Unsubscribe' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  expect(stage.library.calls).toEqual([]);
  await page.getByRole('button', { name: 'Unsubscribe' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unsubscribe' }).click();
  await expect.poll(() => location.hash).toBe('#/');
  expect(stage.library.calls).toEqual(['unsubscribe p1']);
});

it('stays, and says so, where it could not be unsubscribed', async () => {
  stage.library.unsubscribed = failed({ code: 'outdated' });
  const element = await show();
  const said = new Promise((resolve) => element.addEventListener('announce', resolve));
  await page.getByRole('button', { name: 'Unsubscribe' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unsubscribe' }).click();
  expect(await said).toMatchObject({ text: expect.stringMatching(/Reload/) });
  expect(location.hash).toBe('#/podcast/p1');
});

it('keeps its place while reading, and says so where there is no such podcast', async () => {
  stage.library.ready = new Promise(() => {});
  const waiting = await show();
  await expect.element(page.getByRole('heading', { level: 1 })).toBeInTheDocument();
  expect(await violationsIn(waiting)).toEqual([]);
  stage.library.ready = Promise.resolve();
  const missing = await show('nobody');
  await expect.element(page.getByText('Not in your library')).toBeVisible();
  expect(await violationsIn(missing)).toEqual([]);
});
