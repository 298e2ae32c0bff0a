import { html } from 'lit';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { SeekEvent } from './seek-slider.ts';
import { violationsIn } from './testing/axe.ts';
import { mount } from './testing/mount.ts';
import './artwork.ts';
import './chapter-list.ts';
import './confirm-dialog.ts';
import './nav.ts';
import './notes.ts';
import './notice.ts';
import './seek-slider.ts';
import './storage-meter.ts';
import './transcript.ts';

/* The smaller elements, each in the states that people see. */

it('artwork falls back to letters when the picture does not come', async () => {
  const artwork = await mount(
    html`<sa-artwork name="Night ferry" src="data:image/png;base64,none"></sa-artwork>`,
    'sa-artwork',
  );
  await vi.waitFor(() => expect(artwork.shadowRoot?.querySelector('img')).toBeNull());
  expect(artwork.shadowRoot?.textContent?.trim()).toBe('NF');
  expect(artwork.style.getPropertyValue('--hue')).toMatch(/^\d+$/);
});

it('artwork shows a newer version in place of the old one, never the letters between them', async () => {
  const [old, newer] = ['#246', '#642'].map((colour) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z" fill="${colour}"/></svg>`;
    return URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  });
  const artwork = await mount(
    html`<sa-artwork eager name="Night ferry" src="${old}"></sa-artwork>`,
    'sa-artwork',
  );
  const image = () => artwork.shadowRoot?.querySelector('img');
  await vi.waitFor(() => expect(image()?.className).toBe('loaded'));
  artwork.src = `${old}?newer=1`;
  await artwork.updateComplete;
  expect(image()?.className).toBe('loaded');
  artwork.src = newer;
  await artwork.updateComplete;
  expect(image()?.className).toBe('');
  await vi.waitFor(() => expect(image()?.className).toBe('loaded'));
});

it('chapters go there while their episode is the current one, and are plain text before', async () => {
  const sought = vi.fn();
  const chapters = [
    { startS: 0, title: 'Intro' },
    { startS: 60, title: 'Fog', url: 'javascript:alert(1)' },
    { startS: 120, title: 'End', url: 'https://example.org/' },
  ];
  const list = await mount(
    html`<sa-chapter-list
      .chapters=${chapters}
      @seek=${({ positionS }: SeekEvent) => sought(positionS)}
    ></sa-chapter-list>`,
    'sa-chapter-list',
  );
  expect(page.getByRole('button').elements()).toHaveLength(0);
  expect(page.getByRole('link').elements()).toHaveLength(1);
  list.seekable = true;
  list.positionS = 61;
  const fog = page.getByRole('button', { name: /Fog/ });
  await expect.element(fog).toHaveAttribute('aria-current', 'true');
  await fog.click();
  expect(sought).toHaveBeenCalledWith(60);
  expect(await violationsIn(list)).toEqual([]);
});

it('a confirmation is yes only when it was said', async () => {
  const dialog = await mount(
    html`<sa-confirm-dialog heading="Leave?" verb="Leave">It is cold outside.</sa-confirm-dialog>`,
    'sa-confirm-dialog',
  );
  const yes = dialog.ask();
  expect(await violationsIn(dialog)).toEqual([]);
  await page.getByRole('button', { name: 'Leave' }).click();
  expect(await yes).toBe(true);
  const no = dialog.ask();
  await page.getByRole('button', { name: 'Keep' }).click();
  expect(await no).toBe(false);
  const escaped = dialog.ask();
  await userEvent.keyboard('{Escape}');
  expect(await escaped).toBe(false);
});

it('navigation names its links exactly, marks the page, and keeps the badge out of the name', async () => {
  const nav = await mount(html`<sa-nav current="downloads" busyDownloads="3"></sa-nav>`, 'sa-nav');
  await page.viewport(1280, 800);
  for (const name of ['Library', 'Episodes', 'Downloads', 'Search', 'Settings', 'Inspector']) {
    await expect.element(page.getByRole('link', { name, exact: true })).toBeVisible();
  }
  await expect
    .element(page.getByRole('link', { name: 'Downloads', exact: true }))
    .toHaveAttribute('aria-current', 'page');
  expect(await violationsIn(nav)).toEqual([]);
  await page.viewport(390, 844);
  await expect.element(page.getByRole('link', { name: 'Settings' })).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Inspector' })).toBeVisible();
  expect(await violationsIn(nav)).toEqual([]);
});

it('notes arrive clean, with a button for the rest where they are long', async () => {
  const notes = await mount(
    html`<div>
      <sa-notes short .source=${`<p>One.</p><script>1</script>${'<p>Line.</p>'.repeat(20)}`}></sa-notes>
    </div>`,
    'sa-notes',
  );
  const more = page.getByRole('button', { name: 'Show more of the description' });
  await more.click();
  await expect.element(page.getByRole('button', { name: 'Show less' })).toBeVisible();
  expect(notes.shadowRoot?.querySelector('script')).toBeNull();
  expect(await violationsIn(notes)).toEqual([]);
  notes.source = 'Another.\nIn two lines.';
  await expect.element(page.getByText(/Another/)).toBeVisible();
  await expect.element(more).not.toBeInTheDocument();
});

it('a notice holds its words and its action', async () => {
  const notice = await mount(
    html`<sa-notice heading="Nothing">Here. <button slot="action">Go</button></sa-notice>`,
    'sa-notice',
  );
  await expect.element(page.getByRole('heading', { name: 'Nothing' })).toBeVisible();
  expect(await violationsIn(notice)).toEqual([]);
});

it('the slider speaks, seeks when it is let go, and stays put before there is a length', async () => {
  const sought = vi.fn();
  const slider = await mount(
    html`<sa-seek-slider @seek=${({ positionS }: SeekEvent) => sought(positionS)}></sa-seek-slider>`,
    'sa-seek-slider',
  );
  const range = page.getByRole('slider', { name: 'Position' });
  await expect.element(range).toBeDisabled();
  expect(await violationsIn(slider)).toEqual([]);
  slider.durationS = 3600;
  slider.positionS = 61;
  await expect.element(range).toHaveAttribute('aria-valuetext', '1 minute 1 second of 1 hour');
  await range.fill('1800');
  expect(sought).toHaveBeenCalledWith(1800);
  expect(await violationsIn(slider)).toEqual([]);
});

it('the meter says how much is used, and that it is nearly full', async () => {
  const meter = await mount(html`<sa-storage-meter></sa-storage-meter>`, 'sa-storage-meter');
  expect(page.getByRole('meter').elements()).toHaveLength(0);
  meter.estimate = { usedBytes: 9.5e9, quotaBytes: 10e9, persisted: false };
  await expect.element(page.getByRole('meter')).toHaveAttribute('aria-valuenow', '95');
  await expect.element(page.getByText('9.5 GB used, 500 MB free.')).toBeVisible();
  meter.nearlyFull = true;
  await expect.element(page.getByText(/^Nearly full/)).toBeVisible();
  expect(await violationsIn(meter)).toEqual([]);
  meter.estimate = { usedBytes: 5e6, quotaBytes: undefined, persisted: false };
  await expect.element(page.getByText('5 MB used')).toBeVisible();
});

it('a transcript opens, and names a speaker once', async () => {
  const transcript = await mount(
    html`<sa-transcript
      .cues=${[
        { startS: 0, speaker: 'Ines', text: 'It is late.' },
        { startS: 5, speaker: 'Ines', text: 'Which is fine.' },
      ]}
    ></sa-transcript>`,
    'sa-transcript',
  );
  await page.getByText('Read the transcript').click();
  await expect.element(page.getByText('Which is fine.')).toBeVisible();
  expect(page.getByText('Ines').elements()).toHaveLength(1);
  expect(await violationsIn(transcript)).toEqual([]);
});
