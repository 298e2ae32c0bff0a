import { html } from 'lit';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { succeeded } from '../../../core/model/failure.ts';
import type { DownloadView } from '../../contexts.ts';
import { violationsIn } from '../testing/axe.ts';
import { focusedName } from '../testing/focus.ts';
import { aStage, mount } from '../testing/mount.ts';
import { aDownload, anEpisode, aPodcast } from '../testing/rows.ts';
import './downloads-page.ts';

let stage = aStage();

beforeEach(() => {
  stage = aStage();
  stage.library.podcastRows = [
    aPodcast('p1', { title: 'Night Ferry' }),
    aPodcast('p2', { title: 'Tide Tables' }),
  ];
  stage.library.episodeRows = ['e1', 'e2', 'e3', 'e4'].map((id) =>
    anEpisode(id, { podcastId: (id === 'e3' ? 'p2' : 'p1') as never }),
  );
});

const here = (id: string, storedAt: number, receivedBytes: number, more?: Partial<DownloadView>) =>
  aDownload(id, { kind: 'committed' }, { storedAt, receivedBytes, ...more });

const show = () => mount(html`<sa-downloads-page></sa-downloads-page>`, 'sa-downloads-page', stage);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const check = (id: string) => page.getByRole('checkbox', { name: `Select Episode ${id}` });
const titles = () =>
  page
    .getByRole('listitem')
    .elements()
    .map((item) => item.querySelector('sa-episode-row')?.episode?.id)
    .join(' ');

describe('what takes the space', () => {
  beforeEach(() => {
    stage.downloads.show(here('e1', 10, 5e6), here('e2', 20, 20e6), here('e3', 30, 10e6));
  });

  it('is sorted as somebody wants it', async () => {
    await show();
    await expect.poll(titles).toBe('e3 e2 e1');
    const order = page.getByRole('combobox', { name: 'Order' });
    await order.selectOptions('Oldest first');
    expect(titles()).toBe('e1 e2 e3');
    await order.selectOptions('Largest first');
    expect(titles()).toBe('e2 e3 e1');
  });

  it('is said for each podcast, and in all', async () => {
    const element = await show();
    const space = page.getByRole('region', { name: 'Space by podcast' });
    await expect.element(space.getByText('35 MB in all')).toBeVisible();
    await expect.element(space.getByText('25 MB in 2 episodes')).toBeVisible();
    await expect.element(space.getByText('10 MB in 1 episode')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('can be marked to stay', async () => {
    stage.downloads.show(here('e1', 10, 5e6), here('e2', 20, 5e6, { keep: true }));
    await show();
    await expect.element(button('Keep Episode e2')).toHaveAttribute('aria-pressed', 'true');
    await button('Keep Episode e2').click();
    await button('Keep Episode e1').click();
    expect(stage.downloads.calls).toEqual(['unkeep e2', 'keep e1']);
  });
});

describe('selecting several', () => {
  beforeEach(() => {
    stage.downloads.show(
      here('e1', 10, 5e6),
      here('e2', 20, 20e6),
      here('e3', 30, 10e6),
      aDownload('e4', { kind: 'active' }),
    );
  });

  it('deletes those, and leaves the keyboard on Undo', async () => {
    const element = await show();
    await button('Select').click();
    // What is under way has its Cancel.
    expect(page.getByRole('checkbox').elements()).toHaveLength(3);
    await check('e1').click();
    await check('e3').click();
    await expect.element(page.getByText('2 episodes selected, 15 MB')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
    stage.downloads.removeAll = async (ids) => {
      stage.downloads.calls.push(`removeAll ${ids}`);
      const gone = { kind: 'deleting', again: false } as const;
      stage.downloads.show(
        aDownload('e1', gone, { removing: true, receivedBytes: 5e6 }),
        here('e2', 20, 20e6),
        aDownload('e3', gone, { removing: true, receivedBytes: 10e6 }),
      );
      return { ok: true, value: {} };
    };
    await button('Delete selected').click();
    expect(stage.downloads.calls).toEqual(['removeAll e3,e1']);
    await vi.waitFor(() => expect(focusedName()).toBe('Undo'));
    expect(titles()).toBe('e2');
    expect(page.getByRole('checkbox').elements()).toHaveLength(0);
    await expect
      .element(page.getByRole('status').filter({ hasText: '2 episodes deleted, 15 MB' }))
      .toBeInTheDocument();
    expect(await violationsIn(element)).toEqual([]);
    await userEvent.keyboard('{Enter}');
    expect(stage.downloads.calls.at(-1)).toBe('restore e1,e3');
  });

  it('takes all, or none, or all of a podcast', async () => {
    await show();
    await button('Select all of Night Ferry').click();
    await expect.element(page.getByText('2 episodes selected, 25 MB')).toBeVisible();
    await button('Select all').click();
    await expect.element(page.getByText('3 episodes selected, 35 MB')).toBeVisible();
    await button('Select none').click();
    await expect.element(page.getByText('Nothing selected')).toBeVisible();
    await button('Delete selected').click({ force: true });
    await button('Done').click();
    expect(page.getByRole('checkbox').elements()).toHaveLength(0);
    expect(stage.downloads.calls).toEqual([]);
  });

  it('works by keyboard alone', async () => {
    await show();
    await expect.element(button('Select')).toBeVisible();
    const select = button('Select').element();
    if (select instanceof HTMLElement) select.focus();
    await userEvent.keyboard('{Enter}');
    const first = check('e3').element();
    if (first instanceof HTMLElement) first.focus();
    await userEvent.keyboard(' ');
    await expect.element(page.getByText('1 episode selected, 10 MB')).toBeVisible();
  });

  it('says so where it could not be deleted, and keeps the selection', async () => {
    stage.downloads.answer = { ok: false, failure: { code: 'outdated' } };
    const element = await show();
    const said = new Promise((resolve) => element.addEventListener('announce', resolve));
    await button('Select').click();
    await check('e1').click();
    await button('Delete selected').click();
    expect(await said).toMatchObject({ text: expect.stringMatching(/Reload/) });
    await expect.element(check('e1')).toBeChecked();
  });
});

describe('an undo', () => {
  it('is there in every tab, and after a reload, as long as the rows have it', async () => {
    const gone = { kind: 'deleting', again: false } as const;
    stage.downloads.show(aDownload('e1', gone, { removing: true, receivedBytes: 5e6 }));
    const element = await show();
    await expect.element(button('Undo')).toBeVisible();
    expect(page.getByText('Nothing on board yet').elements()).toHaveLength(0);
    expect(await violationsIn(element)).toEqual([]);
    stage.downloads.show();
    await expect.element(page.getByText('Nothing on board yet')).toBeVisible();
    expect(button('Undo').elements()).toHaveLength(0);
  });
});

describe('the queue', () => {
  const queued = (id: string, position: number) => aDownload(id, { kind: 'queued' }, { position });

  beforeEach(() => {
    stage.downloads.show(
      aDownload('e4', { kind: 'active' }, { position: 0 }),
      queued('e1', 1),
      queued('e2', 2),
      queued('e3', 3),
    );
  });

  it('is changed by buttons, one step at a time or to the front', async () => {
    const element = await show();
    await button('Change order').click();
    expect(await violationsIn(element)).toEqual([]);
    // What is being fetched has its own buttons still.
    await expect.element(button('Pause Episode e4')).toBeVisible();
    await button('Get Episode e3 next').click();
    await button('Move Episode e2 up').click();
    await button('Move Episode e1 down').click();
    await button('Move Episode e2 down').click();
    expect(stage.downloads.calls).toEqual([
      'move e3 before e1',
      'move e2 before e1',
      'move e1 before e3',
      'move e2 before null',
    ]);
    await expect.element(button('Move Episode e1 up')).toHaveAttribute('aria-disabled', 'true');
    await button('Done').click();
    await expect.element(button('Pause Episode e1')).toBeVisible();
  });

  it('keeps the focus on the button that moves, wherever its row goes, and says where that is', async () => {
    stage.downloads.move = async () => {
      stage.downloads.show(
        aDownload('e4', { kind: 'active' }, { position: 0 }),
        queued('e1', 1),
        queued('e3', 2),
        queued('e2', 3),
      );
      return succeeded(undefined);
    };
    await show();
    await button('Change order').click();
    await button('Move Episode e3 up').click();
    await expect.poll(titles).toBe('e4 e1 e3 e2');
    await vi.waitFor(() => expect(focusedName()).toBe('Move Episode e3 up'));
    await expect
      .element(page.getByRole('status').filter({ hasText: 'Episode e3: place 3 of 4' }))
      .toBeInTheDocument();
  });

  it('is paused and resumed as a whole', async () => {
    await show();
    await button('Pause all').click();
    stage.downloads.show(aDownload('e1', { kind: 'paused', reason: 'user' }));
    await button('Resume all').click();
    expect(stage.downloads.calls).toEqual(['pauseAll', 'resumeAll']);
    stage.downloads.show(aDownload('e1', { kind: 'failed', failure: { code: 'play-only' } }));
    await expect.element(button('Resume all')).not.toBeInTheDocument();
  });
});

it('what waits for space says how much is needed and how much is free', async () => {
  const shortage = { neededBytes: 120e6, freeBytes: 40e6 };
  stage.downloads.show(aDownload('e1', { kind: 'paused', reason: 'space' }, { shortage }));
  await show();
  await expect.element(page.getByText(/needs 120 MB .* 40 MB are free/)).toBeVisible();
});

it('what waits for another network says what Resume means there, under the same name', async () => {
  stage.downloads.show(aDownload('e1', { kind: 'paused', reason: 'unmetered' }));
  await show();
  await expect
    .element(page.getByText(/without data limits\. Resume gets it now anyway/))
    .toBeVisible();
  const resume = button('Resume Episode e1');
  await expect.element(resume).toHaveAttribute('title', 'Download now anyway');
  await resume.click();
  expect(stage.downloads.calls).toEqual(['resume e1']);
});
