import { html } from 'lit';
import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { mount } from './testing/mount.ts';
import './transcript.ts';

it('draws nothing while it is closed, and then 500 lines at a time', async () => {
  const cues = Array.from({ length: 1200 }, (_, n) => ({
    startS: n,
    speaker: n < 600 ? 'Ada' : 'Ben',
    text: `Line ${n}`,
  }));
  const transcript = await mount(
    html`<sa-transcript .cues=${cues as never}></sa-transcript>`,
    'sa-transcript',
  );
  const lines = () => transcript.shadowRoot?.querySelectorAll('li').length;
  const more = page.getByRole('button', { name: 'Show more' });
  expect(lines()).toBe(0);
  await page.getByText('Read the transcript').click();
  await expect.poll(lines).toBe(500);
  await more.click();
  await expect.poll(lines).toBe(1000);
  await more.click();
  await expect.poll(lines).toBe(1200);
  await expect.element(more).not.toBeInTheDocument();
  // Who speaks is said where it changes, also beyond what was shown at first.
  expect(transcript.shadowRoot?.querySelectorAll('strong')).toHaveLength(2);
});
