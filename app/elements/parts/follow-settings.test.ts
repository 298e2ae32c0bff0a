import { html } from 'lit';
import { beforeEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { NO_AUTO_DOWNLOAD } from '../../../core/model/auto-download.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import { freshSubscription } from '../../../core/model/subscription.ts';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import { anEpisode } from '../testing/rows.ts';
import './follow-settings.ts';

let stage = aStage();
const auto = page.getByRole('switch', { name: 'Download new episodes by itself' });
const announce = page.getByRole('switch', { name: 'Announce its new episodes' });

beforeEach(() => {
  stage = aStage();
});

async function open(loadRetention = (): Promise<unknown> => import('./podcast-retention.ts')) {
  const element = await mount(
    html`<sa-follow-settings
      .podcastId=${'p1'}
      .loadRetention=${loadRetention}
    ></sa-follow-settings>`,
    'sa-follow-settings',
    stage,
  );
  await page.getByRole('heading', { name: 'New episodes' }).click();
  return element;
}

const decided = (change: object) =>
  `follow p1 ${JSON.stringify({ autoDownload: { ...NO_AUTO_DOWNLOAD, ...change } })}`;

it('says in one line how things stand, and more when it is opened', async () => {
  const element = await open();
  await expect.element(page.getByText('Not announced, not downloaded by itself')).toBeVisible();
  await expect.element(announce).toBeChecked();
  await expect.element(auto).not.toBeChecked();
  expect(await violationsIn(element)).toEqual([]);
});

it('says what it would take before it is switched on', async () => {
  stage.library.preview = ['a', 'b', 'c', 'd'].map((id) => anEpisode(id, { title: `Title ${id}` }));
  const element = await open();
  await expect
    .element(page.getByText('Switched on now, it takes “Title a”, “Title b” and 2 more.'))
    .toBeVisible();
  await auto.click();
  await expect.element(page.getByText(/^Takes the newest 3 of what comes\./)).toBeVisible();
  expect(stage.library.calls).toEqual([decided({ on: true })]);
  expect(await violationsIn(element)).toEqual([]);
});

it('says so where it would take nothing', async () => {
  await open();
  await expect.element(page.getByText(/it takes nothing of what is there/)).toBeVisible();
});

it('takes the rules, each on top of the last', async () => {
  await open();
  await page.getByLabelText('At most at once').selectOptions('The newest 5');
  await page.getByLabelText('Minutes, at least').fill('10');
  await page.getByLabelText('Title contains').fill('  News ');
  await page.getByLabelText('Title does not contain').fill('repeat');
  await announce.click();
  await expect
    .poll(() => stage.library.subscriptionRows[0]?.autoDownload)
    .toEqual({
      ...NO_AUTO_DOWNLOAD,
      newest: 5,
      minDurationS: 600,
      titleHas: 'News',
      titleLacks: 'repeat',
    });
  expect(stage.library.subscriptionRows[0]?.announce).toBe(false);
});

it('takes no length that is none', async () => {
  await open();
  await page.getByLabelText('Minutes, at most').fill('-5');
  await announce.click();
  expect(stage.library.calls[0]).toBe(decided({}));
});

it('shows what was decided elsewhere', async () => {
  await open();
  const row = freshSubscription('p1' as PodcastId);
  stage.library.subscriptionRows = [
    { ...row, autoDownload: { ...NO_AUTO_DOWNLOAD, on: true, newest: 1 } },
  ];
  stage.library.changed();
  await expect.element(auto).toBeChecked();
  await expect.element(page.getByText(/^Takes the newest of what comes\./)).toBeVisible();
});

it('says so where a part of it did not come, has the rest, and tries again when it is opened', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const load = vi.fn().mockRejectedValueOnce(new Error('its code did not come'));
  const element = await open(load);
  const words = page.getByText(/stay cannot be shown just now/);
  await expect.element(words).toBeVisible();
  await expect.element(auto).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
  expect(warned).toHaveBeenCalledOnce();
  const heading = page.getByRole('heading', { name: 'New episodes' });
  await heading.click();
  await heading.click();
  await expect.element(words).not.toBeInTheDocument();
});

it('has its switches where what they would take cannot be found out', async () => {
  stage.library.preview = new Error('its code did not come');
  await open();
  await expect.element(page.getByText(/cannot be shown just now/)).toBeVisible();
  await auto.click();
  expect(stage.library.calls).toEqual([decided({ on: true })]);
});
