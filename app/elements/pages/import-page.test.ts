import { html } from 'lit';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ImportedFeed, ImportState } from '../../../core/model/feed-import.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import { violationsIn } from '../testing/axe.ts';
import { focusedName } from '../testing/focus.ts';
import { aStage, mount } from '../testing/mount.ts';
import { aPodcast } from '../testing/rows.ts';
import './import-page.ts';

let stage = aStage();
const show = () => mount(html`<sa-import-page></sa-import-page>`, 'sa-import-page', stage);
const button = (name: string | RegExp) => page.getByRole('button', { name });

beforeEach(() => {
  stage = aStage();
  history.replaceState(null, '', '#/import');
});

let position = 0;
function aFeed(state: ImportState, more: Partial<ImportedFeed> = {}): ImportedFeed {
  position += 1;
  const address = `https://example.org/${position}.xml`;
  return { address, title: `Show ${position}`, importId: 'i', position, state, tries: 1, ...more };
}
const added = (): ImportedFeed => aFeed({ kind: 'added', podcastId: 'p1' as PodcastId });

function drop(type: 'dragover' | 'drop', text = '<opml/>'): DragEvent {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], 'list.opml'));
  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);
  return event;
}

describe('before an import', () => {
  it('says what to do, and has nothing to export yet', async () => {
    const it = await show();
    await expect
      .element(page.getByRole('heading', { level: 1 }))
      .toHaveTextContent('Import podcasts');
    await expect.element(page.getByText('There is nothing to export yet')).toBeVisible();
    await expect.element(button('Export')).toHaveAttribute('aria-disabled', 'true');
    await button('Export').click({ force: true });
    expect(stage.imports.calls).toEqual([]);
    expect(await violationsIn(it)).toEqual([]);
  });

  it('takes a file from the button', async () => {
    const it = await show();
    let pressed = 0;
    const picker = it.shadowRoot?.querySelector<HTMLInputElement>('input[type=file]');
    picker?.addEventListener('click', (event) => {
      event.preventDefault();
      pressed += 1;
    });
    await button('Choose a file').click();
    expect(pressed).toBe(1);
    const chosen = new DataTransfer();
    chosen.items.add(new File(['<opml>1</opml>'], 'list.opml'));
    if (picker) picker.files = chosen.files;
    picker?.dispatchEvent(new Event('change'));
    await expect.poll(() => stage.imports.calls).toEqual(['fromFile <opml>1</opml>']);
  });

  it('takes a file that is dropped, and shows where', async () => {
    const it = await show();
    expect(drop('dragover').defaultPrevented).toBe(true);
    await it.updateComplete;
    expect(it.shadowRoot?.querySelector('.zone.over')).not.toBeNull();
    expect(await violationsIn(it)).toEqual([]);
    expect(drop('drop').defaultPrevented).toBe(true);
    await it.updateComplete;
    expect(it.shadowRoot?.querySelector('.zone.over')).toBeNull();
    await expect.poll(() => stage.imports.calls).toEqual(['fromFile <opml/>']);
  });

  it('takes an address, by keyboard alone', async () => {
    await show();
    await page.getByLabelText('Address of a list').click();
    await userEvent.keyboard('example.org/list{Enter}');
    expect(stage.imports.calls).toEqual(['fromAddress example.org/list']);
  });

  it('is busy with one list at a time, and says what was wrong with it', async () => {
    stage.imports.reading = true;
    const it = await show();
    await expect.element(page.getByRole('status')).toHaveTextContent('Reading the list');
    await page.getByLabelText('Address of a list').fill('example.org');
    await button('Fetch').click({ force: true });
    const picker = it.shadowRoot?.querySelector<HTMLInputElement>('input[type=file]');
    picker?.addEventListener('click', () => stage.imports.calls.push('picker'));
    await button('Choose a file').click({ force: true });
    expect(stage.imports.calls).toEqual([]);
    stage.imports.reading = false;
    stage.imports.failure = { code: 'opml-not-a-list' };
    stage.imports.changed();
    await expect.element(page.getByRole('alert')).toHaveTextContent('no list of podcasts');
    expect(await violationsIn(it)).toEqual([]);
  });

  it('exports what is subscribed', async () => {
    stage.library.podcastRows = [aPodcast('p1')];
    await show();
    await expect.element(page.getByText('stowaway.opml')).toBeVisible();
    await button('Export').click();
    expect(stage.imports.calls).toEqual(['saveList']);
  });
});

describe('an import', () => {
  it('shows how far it is, and can be cancelled', async () => {
    stage.imports.show(added(), aFeed({ kind: 'waiting' }), aFeed({ kind: 'waiting' }));
    const it = await show();
    await expect
      .element(page.getByRole('progressbar', { name: 'Import' }))
      .toHaveAttribute('aria-valuenow', '1');
    await expect.element(page.getByText('1 of 3 podcasts')).toBeVisible();
    expect(await violationsIn(it)).toEqual([]);
    await button('Cancel').click();
    expect(stage.imports.calls).toEqual(['cancel']);
  });

  it('without a connection says what it waits for, and what it needs to go on', async () => {
    stage.status.online = false;
    stage.imports.show(added(), aFeed({ kind: 'waiting' }));
    const it = await show();
    await expect
      .element(page.getByRole('status').filter({ hasText: 'Waiting for network' }))
      .toBeVisible();
    await expect.element(page.getByText(/a connection and the app is open/)).toBeVisible();
    stage.wakeUps.sync = 'registered';
    stage.wakeUps.changed();
    await expect.element(page.getByText(/by itself .* with no tab open/)).toBeVisible();
    expect(await violationsIn(it)).toEqual([]);
    stage.status.online = true;
    stage.status.changed();
    await expect.element(page.getByRole('status').filter({ hasText: 'Importing' })).toBeVisible();
  });

  it('goes on where it was cancelled', async () => {
    stage.imports.show(added(), aFeed({ kind: 'cancelled' }), aFeed({ kind: 'cancelled' }));
    const it = await show();
    await expect.element(page.getByText('2 podcasts were left out.')).toBeVisible();
    expect(await violationsIn(it)).toEqual([]);
    await button('Resume').click();
    expect(stage.imports.calls).toEqual(['resume']);
  });

  it('keeps the keyboard where it is, and takes it to the heading when the list goes', async () => {
    const waiting = aFeed({ kind: 'waiting' });
    stage.imports.show(added(), waiting);
    await show();
    const press = async (name: string) => {
      await expect.poll(focusedName).toBe(name);
      await userEvent.keyboard('{Enter}');
    };
    stage.imports.cancel = async () => stage.imports.show(added(), aFeed({ kind: 'cancelled' }));
    stage.imports.resume = async () => stage.imports.show(added(), waiting);
    stage.imports.clear = async () => stage.imports.show();
    await button('Cancel').click();
    await press('Resume');
    await expect.poll(focusedName).toBe('Cancel');
    stage.imports.show(added(), added());
    await press('Clear this list');
    await expect.poll(focusedName).toBe('Import podcasts');
  });

  it('lists every outcome with its reason, one kind at a time', async () => {
    const bad = aFeed(
      { kind: 'failed', failure: { code: 'address-invalid' } },
      { title: undefined, address: 'javascript:x()' },
    );
    const broken = aFeed(
      { kind: 'failed', failure: { code: 'feed-not-found', status: 404 } },
      { title: 'Gone' },
    );
    stage.imports.show(
      added(),
      bad,
      broken,
      aFeed({ kind: 'there', podcastId: 'p2' as PodcastId }),
    );
    const it = await show();
    // What went wrong is what somebody wants to know first.
    await expect
      .element(page.getByRole('list', { name: 'Failed' }).getByRole('listitem').nth(1))
      .toHaveTextContent(/Gone.*404/);
    await expect.element(page.getByText('javascript:x()')).toBeVisible();
    expect(await violationsIn(it)).toEqual([]);
    await expect.element(button('Failed 2')).toHaveAttribute('aria-pressed', 'true');
    await button('Added 1').click();
    await expect
      .element(page.getByRole('link', { name: /Show/ }))
      .toHaveAttribute('href', '#/podcast/p1');
    await expect.element(page.getByText('Gone')).not.toBeInTheDocument();
    await button('Already there 1').click();
    await expect
      .element(page.getByRole('link', { name: /Show/ }))
      .toHaveAttribute('href', '#/podcast/p2');
    await button('Try the failed ones again').click();
    await button('Clear this list').click();
    expect(stage.imports.calls).toEqual(['resume', 'clear']);
    expect(await violationsIn(it)).toEqual([]);
  });

  it('shows some of a thousand, and more when asked', async () => {
    stage.imports.show(...Array.from({ length: 1000 }, added));
    await show();
    const items = page.getByRole('list', { name: 'Added' }).getByRole('listitem');
    await expect.poll(() => items.elements().length).toBe(50);
    await expect.element(button('Added 1,000')).toBeVisible();
    await button('Show more').click();
    await expect.poll(() => items.elements().length).toBe(250);
  });
});
