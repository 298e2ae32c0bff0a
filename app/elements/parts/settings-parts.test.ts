import { html } from 'lit';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { failed } from '../../../core/model/failure.ts';
import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import { violationsIn } from '../testing/axe.ts';
import { focusedName } from '../testing/focus.ts';
import { aStage, mount } from '../testing/mount.ts';
import './download-settings.ts';
import './retention-settings.ts';

let stage = aStage();

beforeEach(() => {
  stage = aStage();
});

describe('downloads', () => {
  const show = () =>
    mount(html`<sa-download-settings></sa-download-settings>`, 'sa-download-settings', stage);
  const unmetered = page.getByRole('switch', { name: 'Only on unmetered networks' });
  const atOnce = page.getByRole('combobox', { name: 'Downloads at once' });

  it('wait for an unmetered network once somebody says so', async () => {
    const element = await show();
    await expect.element(unmetered).not.toBeChecked();
    await unmetered.click();
    await expect.element(unmetered).toBeChecked();
    expect(stage.settings.calls).toEqual(['change {"unmeteredOnly":true}']);
    expect(await violationsIn(element)).toEqual([]);
  });

  it('say in plain words where the browser cannot tell one network from another', async () => {
    stage.settings.tellsNetworks = false;
    await show();
    await expect.element(page.getByText(/does not tell mobile networks from others/)).toBeVisible();
  });

  it('are as many at once as was chosen', async () => {
    await show();
    await expect.element(atOnce).toHaveValue('2');
    await atOnce.selectOptions('4');
    await expect.element(atOnce).toHaveValue('4');
    expect(stage.settings.calls).toEqual(['change {"downloadsAtOnce":4}']);
  });

  it('stay as they were where that could not be kept', async () => {
    stage.settings.changing = failed({ code: 'outdated' });
    const element = await show();
    const said = new Promise((resolve) => element.addEventListener('announce', resolve));
    await unmetered.click();
    expect(await said).toMatchObject({ text: expect.stringMatching(/Reload/) });
    await expect.element(unmetered).not.toBeChecked();
  });
});

describe('making room', () => {
  const show = () =>
    mount(html`<sa-retention-settings></sa-retention-settings>`, 'sa-retention-settings', stage);
  const newest = page.getByRole('combobox', { name: 'Newest to keep of each podcast' });
  const cap = page.getByRole('combobox', { name: 'Most that episodes may take' });
  const preview = page.getByRole('group', { name: /^This deletes/ });

  const going = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      episodeId: `e${n}` as EpisodeId,
      podcastId: 'p' as PodcastId,
      title: `Old ${n}`,
      sizeBytes: 10e6,
      storedAt: n,
      publishedAt: 0,
      isKept: false,
      isCurrent: false,
      heard: 'no' as const,
    }));

  it('is off until somebody says so, and saved at once where nothing would go', async () => {
    const element = await show();
    await expect.element(newest).toHaveValue('');
    await expect.element(cap).toHaveValue('');
    await newest.selectOptions('5');
    await vi.waitFor(() => expect(stage.settings.calls).toEqual(['change {"keepNewest":5}']));
    await expect.element(newest).toHaveValue('5');
    expect(await violationsIn(element)).toEqual([]);
  });

  it('shows what would go, and saves nothing before somebody agrees', async () => {
    stage.storage.going.set(JSON.stringify({ keepNewest: null, capBytes: 1e9 }), going(7));
    const element = await show();
    await cap.selectOptions('1 GB');
    await expect.element(preview).toBeVisible();
    await vi.waitFor(() => expect(focusedName()).toBe('This deletes 7 episodes now, 70 MB'));
    await expect.element(preview.getByText('Old 0')).toBeVisible();
    await expect.element(preview.getByText('and 2 more')).toBeVisible();
    expect(stage.settings.calls).toEqual([]);
    expect(await violationsIn(element)).toEqual([]);
    await page.getByRole('button', { name: 'Delete 7 episodes' }).click();
    await expect.element(preview).not.toBeInTheDocument();
    expect(stage.settings.calls).toEqual(['change {"capBytes":1000000000}']);
    await expect.element(cap).toHaveValue('1000000000');
  });

  it('leaves everything as it was where somebody thinks better of it', async () => {
    stage.storage.going.set(JSON.stringify({ keepNewest: 1, capBytes: null }), going(1));
    const element = await show();
    await newest.selectOptions('1');
    await page.getByRole('button', { name: 'Leave it as it was' }).click();
    await expect.element(preview).not.toBeInTheDocument();
    await expect.element(newest).toHaveValue('');
    await vi.waitFor(() => expect(element.shadowRoot?.activeElement?.id).toBe('keepNewest'));
    expect(stage.settings.calls).toEqual([]);
  });

  it('stays as it was, and says so, where what would go cannot be found out', async () => {
    stage.storage.isBroken = true;
    const element = await show();
    const said = new Promise((resolve) => element.addEventListener('announce', resolve));
    await newest.selectOptions('5');
    expect(await said).toMatchObject({ text: expect.stringMatching(/went wrong/) });
    await expect.element(newest).toHaveValue('');
    expect(stage.settings.calls).toEqual([]);
  });

  it('is switched off without a question', async () => {
    stage.settings.current = { ...stage.settings.current, keepNewest: 3 };
    await show();
    await newest.selectOptions('No limit');
    await vi.waitFor(() => expect(stage.settings.calls).toEqual(['change {"keepNewest":null}']));
  });
});
