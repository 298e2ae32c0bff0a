import { html } from 'lit';
import { beforeEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import type { OwnRule } from '../../../core/model/retention.ts';
import { freshSubscription } from '../../../core/model/subscription.ts';
import { violationsIn } from '../testing/axe.ts';
import { focusedName } from '../testing/focus.ts';
import { aStage, mount } from '../testing/mount.ts';
import './podcast-retention.ts';

const p1 = 'p1' as PodcastId;
const stay = page.getByRole('combobox', { name: 'Downloaded episodes that stay' });
const preview = page.getByRole('group', { name: /^This deletes/ });

let stage = aStage();

beforeEach(() => {
  stage = aStage();
});

const show = (rule: OwnRule | null = null) =>
  mount(
    html`<sa-podcast-retention .podcastId=${p1} .rule=${rule}></sa-podcast-retention>`,
    'sa-podcast-retention',
    stage,
  );

/** This would go by such a rule of this podcast, beside what else is set. */
function wouldGo(ofPodcast: Record<string, OwnRule>): void {
  const episode = {
    episodeId: 'e' as EpisodeId,
    podcastId: p1,
    title: 'Old one',
    sizeBytes: 10e6,
    storedAt: 1,
    publishedAt: 0,
    isKept: false,
    isCurrent: false,
    heard: 'no' as const,
  };
  const { keepNewest, capBytes } = stage.settings.current;
  stage.storage.going.set(JSON.stringify({ keepNewest, capBytes, ofPodcast }), [episode]);
}

it('follows the settings until somebody says otherwise, and says what those are', async () => {
  stage.settings.current = { ...stage.settings.current, keepNewest: 5 };
  const element = await show();
  await expect.element(stay).toHaveValue('');
  await expect
    .element(page.getByRole('option', { name: 'As in Settings: the newest 5' }))
    .toBeInTheDocument();
  expect(await violationsIn(element)).toEqual([]);
});

it('is kept at once where nothing would go', async () => {
  await show();
  await stay.selectOptions('The newest 3');
  await vi.waitFor(() => expect(stage.library.calls).toEqual(['follow p1 {"keepNewest":3}']));
  await stay.selectOptions('All of them');
  await expect.element(page.getByText(/None of it goes by itself/)).toBeVisible();
  await vi.waitFor(() => expect(stage.library.calls.at(-1)).toBe('follow p1 {"keepNewest":"all"}'));
  await expect.element(stay).toHaveValue('all');
});

it('shows what would go, beside the rules of other podcasts, and waits for a word', async () => {
  const other = { ...freshSubscription('p2' as PodcastId), keepNewest: 'all' as const };
  stage.library.subscriptionRows = [other];
  wouldGo({ p2: 'all', p1: 1 });
  const element = await show();
  await stay.selectOptions('The newest one');
  await expect.element(preview.getByText('Old one')).toBeVisible();
  await vi.waitFor(() => expect(focusedName()).toBe('This deletes 1 episode now, 10 MB'));
  expect(stage.library.calls).toEqual([]);
  expect(await violationsIn(element)).toEqual([]);
  await page.getByRole('button', { name: 'Delete 1 episode' }).click();
  await expect.element(preview).not.toBeInTheDocument();
  expect(stage.library.calls).toEqual(['follow p1 {"keepNewest":1}']);
  await expect.element(stay).toHaveValue('1');
});

it('leaves everything as it was where somebody thinks better of it', async () => {
  wouldGo({ p1: 2 });
  const element = await show('all');
  await stay.selectOptions('The newest 2');
  await page.getByRole('button', { name: 'Leave it as it was' }).click();
  await expect.element(preview).not.toBeInTheDocument();
  await expect.element(stay).toHaveValue('all');
  await vi.waitFor(() => expect(element.shadowRoot?.activeElement?.id).toBe('stay'));
  expect(stage.library.calls).toEqual([]);
});

it('stays as it was, and says so, where it cannot be found out what would go', async () => {
  stage.storage.isBroken = true;
  const element = await show(5);
  const said = vi.fn();
  element.addEventListener('announce', said);
  await stay.selectOptions('The newest 2');
  await vi.waitFor(() => expect(said).toHaveBeenCalledOnce());
  expect(said.mock.lastCall?.[0].text).toContain('Try again');
  await expect.element(stay).toHaveValue('5');
  expect(stage.library.calls).toEqual([]);
});

it('asks as well where going back to the settings would delete something', async () => {
  stage.settings.current = { ...stage.settings.current, keepNewest: 1 };
  wouldGo({});
  stage.storage.going.set(
    JSON.stringify({ keepNewest: 1, capBytes: null }),
    [...stage.storage.going.values()][0] ?? [],
  );
  await show('all');
  await stay.selectOptions('As in Settings: the newest one');
  await expect.element(preview).toBeVisible();
  expect(stage.library.calls).toEqual([]);
});
