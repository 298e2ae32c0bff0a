import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { violationsIn } from '../testing/axe.ts';
import './search-page.ts';
import { begin, field, here, show, stage, titles } from '../testing/search-page.ts';

beforeEach(begin);

afterEach(() => {
  location.hash = '';
});

describe('what is here', () => {
  it('is found as one types, and said when typing rests', async () => {
    const element = await show();
    await expect.element(page.getByText('Find something to listen to')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
    await field.fill('episode e4');
    await expect.element(here.getByText('11 episodes', { exact: true })).toBeVisible();
    expect(titles()).toHaveLength(5);
    await field.fill('ferry');
    await expect.element(here.getByRole('link', { name: /Night Ferry/ })).toBeVisible();
    await expect.element(page.getByText('In your library: 1 podcast.')).toBeInTheDocument();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('comes in portions', async () => {
    await show();
    await field.fill('episode');
    await expect.element(here.getByText('50 episodes', { exact: true })).toBeVisible();
    expect(titles()).toHaveLength(5);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(titles).toHaveLength(25);
    await field.fill('episode e');
    await expect.poll(titles).toHaveLength(5);
  });

  it('says when there is nothing, and when there may be more', async () => {
    const element = await show();
    await field.fill('nothing like it');
    await expect.element(here.getByText(/Nothing here has “nothing like it”/)).toBeVisible();
    stage.search.reading = true;
    stage.search.changed();
    await expect.element(here.getByText(/still being read/)).toBeVisible();
    await field.fill('ferry');
    await expect.element(here.getByText('1 podcast so far', { exact: true })).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('stays in the address, and is there again', async () => {
    await show();
    await field.fill('night ferry');
    await userEvent.keyboard('{Tab}');
    expect(location.hash).toBe('#/search/night%20ferry');
    const again = await show();
    await expect.element(field).toHaveValue('night ferry');
    location.hash = '#/search';
    await expect.element(field).toHaveValue('');
    expect(await violationsIn(again)).toEqual([]);
  });

  it('lets go of the library when the page is left', async () => {
    const element = await show();
    element.remove();
    await expect.poll(() => stage.search.calls).toEqual(['open', 'close']);
  });

  it('is opened anew where the rows could not be read', async () => {
    stage.search.ready = Promise.reject(new Error('storage'));
    stage.search.ready.catch(() => undefined);
    const element = await show();
    await field.fill('ferry');
    await expect.element(page.getByText('Your library does not answer')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
    stage.search.ready = Promise.resolve();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(here.getByRole('link', { name: /Night Ferry/ })).toBeVisible();
    expect(stage.search.calls).toEqual(['open', 'close', 'open']);
  });

  it('says so where the code of it does not come, and blames no storage', async () => {
    stage.search.opened = Promise.reject(new Error('no network'));
    const element = await show();
    await expect.element(page.getByText('A part of the app has not arrived yet.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    expect(page.getByText('Your library does not answer').elements()).toEqual([]);
    expect(await violationsIn(element)).toEqual([]);
  });
});
