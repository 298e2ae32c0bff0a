import { html } from 'lit';
import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { violationsIn } from './testing/axe.ts';
import { mount } from './testing/mount.ts';
import './notes.ts';

vi.mock('./sanitise.ts', () => ({
  sanitise: () => {
    throw new Error('the code of it did not come');
  },
}));

it('shows the words of the notes where what cleans them does not arrive', async () => {
  const source = '<p>Salt &amp; <b onclick="x()">wind</b>.</p><p><img src=x>Second.</p>';
  const notes = await mount(html`<sa-notes .source=${source}></sa-notes>`, 'sa-notes');
  await expect.element(page.getByText('Salt & wind.')).toBeVisible();
  const text = notes.shadowRoot?.querySelector('.text');
  expect(text?.textContent).toBe('Salt & wind.\nSecond.');
  expect(text?.querySelector('*')).toBeNull();
  expect(text?.closest('[aria-hidden]')).toBeNull();
  expect(await violationsIn(notes)).toEqual([]);
});
