import { html } from 'lit';
import { beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { succeeded } from '../../../core/model/failure.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import { aPodcast } from '../testing/rows.ts';
import './library-page.ts';

let stage = aStage();
const show = () => mount(html`<sa-library-page></sa-library-page>`, 'sa-library-page', stage);
const field = page.getByLabelText('Podcast address');
const subscribe = page.getByRole('button', { name: 'Subscribe', exact: true });

beforeEach(() => {
  stage = aStage();
  history.replaceState(null, '', '#/');
});

describe('the first visit', () => {
  it('explains itself, and takes an address', async () => {
    const library = await show();
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await violationsIn(library)).toEqual([]);
    stage.library.subscribed = Promise.resolve(succeeded('p1' as PodcastId));
    await field.fill('example.org/feed');
    await subscribe.click();
    await expect.poll(() => location.hash).toBe('#/podcast/p1');
    expect(stage.library.calls).toEqual(['subscribe example.org/feed']);
  });

  it('offers the sample podcast, one tap away', async () => {
    await show();
    await page.getByRole('button', { name: 'Try the sample podcast' }).click();
    const sample = new URL('sample/feed.xml', document.baseURI).href;
    expect(stage.library.calls).toEqual([`subscribe ${sample}`]);
  });

  it('is busy for one subscription at a time', async () => {
    let finish = (_: unknown) => {};
    stage.library.subscribed = new Promise((resolve) => {
      finish = () => resolve({ ok: false, failure: { code: 'feed-timeout' } });
    });
    const library = await show();
    await field.fill('example.org');
    await subscribe.click();
    await expect.element(page.getByRole('button', { name: 'Looking' })).toBeVisible();
    await page.getByRole('button', { name: 'Try the sample podcast' }).click({ force: true });
    expect(stage.library.calls).toHaveLength(1);
    expect(await violationsIn(library)).toEqual([]);
    finish(undefined);
    await expect.element(page.getByRole('alert')).toHaveTextContent(/took too long/);
    await expect.element(field).toHaveValue('example.org');
    await expect.element(subscribe).toBeVisible();
    expect(await violationsIn(library)).toEqual([]);
  });

  it('says so where the browser has removed the library, until a podcast is back', async () => {
    stage.status.libraryLost = true;
    stage.library.subscribed = Promise.resolve(succeeded('p1' as PodcastId));
    const library = await show();
    await expect.element(page.getByText('Your library was removed')).toBeVisible();
    expect(await violationsIn(library)).toEqual([]);
    await field.fill('example.org');
    await subscribe.click();
    await expect.poll(() => stage.status.calls).toEqual(['acknowledgeLoss']);
  });
});

describe('with podcasts', () => {
  beforeEach(() => {
    stage.library.podcastRows = [aPodcast('p1'), aPodcast('p2', { author: undefined })];
  });

  it('shows them, and keeps the field at hand', async () => {
    const library = await show();
    await expect
      .element(page.getByRole('link', { name: /Podcast p1/ }))
      .toHaveAttribute('href', '#/podcast/p1');
    await expect.element(field).toBeVisible();
    expect(await violationsIn(library)).toEqual([]);
  });

  it('follows the rows', async () => {
    await show();
    await expect.element(page.getByText('Podcast p2')).toBeVisible();
    stage.library.podcastRows = [aPodcast('p3')];
    stage.library.changed();
    await expect.element(page.getByText('Podcast p3')).toBeVisible();
    await expect.element(page.getByText('Podcast p2')).not.toBeInTheDocument();
  });

  it('keeps its place while reading', async () => {
    stage.library.ready = new Promise(() => {});
    const library = await show();
    await expect.element(page.getByRole('heading', { name: 'Library' })).toBeVisible();
    expect(await violationsIn(library)).toEqual([]);
  });

  it('offers to try again when the storage does not answer', async () => {
    stage.library.ready = Promise.reject(new Error('closed'));
    const library = await show();
    await expect.element(page.getByText('Your library does not answer')).toBeVisible();
    expect(await violationsIn(library)).toEqual([]);
    stage.library.ready = Promise.resolve();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByText('Podcast p1')).toBeVisible();
  });

  it('leads to the import, and shows how far one is', async () => {
    const library = await show();
    const link = page.getByRole('link', { name: /^Import/ });
    await expect.element(link).toHaveAttribute('href', '#/import');
    const counts = { waiting: 990, added: 7, there: 2, failed: 1, cancelled: 0 };
    stage.imports.counts = counts;
    stage.imports.changed();
    await expect.element(link).toHaveTextContent('Importing: 10 of 1000 podcasts');
    expect(await violationsIn(library)).toEqual([]);
    stage.status.online = false;
    stage.status.changed();
    await expect
      .element(page.getByRole('link', { name: 'Waiting for network: 10 of 1000 podcasts' }))
      .toBeVisible();
  });

  it('takes a list that is dropped on it, and goes where its import is shown', async () => {
    const library = await show();
    await expect.element(page.getByText('Podcast p1')).toBeVisible();
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['<opml/>'], 'list.opml'));
    const init = { dataTransfer, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent('dragover', init));
    await expect.element(page.getByText('Drop the list of podcasts here')).toBeVisible();
    expect(await violationsIn(library)).toEqual([]);
    document.body.dispatchEvent(new DragEvent('drop', init));
    await expect.poll(() => stage.imports.calls).toEqual(['fromFile <opml/>']);
    expect(location.hash).toBe('#/import');
  });

  it('leaves alone what is dropped and is no file', async () => {
    await show();
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/plain', 'words');
    const event = new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
    await expect.element(page.getByText('Drop the list')).not.toBeInTheDocument();
  });
});

it('an address from outside is filled in, and subscribed to by nobody but the user', async () => {
  const address = 'https://example.org/feed';
  const library = await mount(
    html`<sa-library-page .address=${address}></sa-library-page>`,
    'sa-library-page',
    stage,
  );
  await expect.element(field).toHaveValue(address);
  await expect.element(page.getByText('Press Subscribe to add')).toBeVisible();
  expect(await violationsIn(library)).toEqual([]);
  expect(stage.library.calls).toEqual([]);
  await subscribe.click();
  expect(stage.library.calls).toEqual([`subscribe ${address}`]);
});
