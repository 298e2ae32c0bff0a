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
});
