import { html } from 'lit';
import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { violationsIn } from '../testing/axe.ts';
import { mount } from '../testing/mount.ts';
import { hostileTraces } from './testing/hostile-traces.ts';
import { Recording } from './testing/recording.ts';
import { anAfternoon, manyTraces } from './testing/traces.ts';
import './trace-timeline.ts';

it('says how much was said, how fast, and what failed', async () => {
  const timeline = await mount(
    html`<sa-trace-timeline .traces=${anAfternoon()}></sa-trace-timeline>`,
    'sa-trace-timeline',
  );
  await expect
    .element(page.getByText('25 exchanges · median request 13 ms · 2 failed'))
    .toBeVisible();
  const request = page.getByRole('listitem').filter({ hasText: 'Request' });
  await expect.element(request).toHaveTextContent(/9.*13 ms.*2 failed/);
  expect(await violationsIn(timeline)).toEqual([]);
});

it('shows the last half minute, or all', async () => {
  const recording = new Recording();
  recording.request('worker/version', 1);
  recording.wait(60_000).request('worker/version', 1);
  await mount(
    html`<sa-trace-timeline .traces=${recording.traces}></sa-trace-timeline>`,
    'sa-trace-timeline',
  );
  const all = page.getByRole('button', { name: 'All' });
  await expect.element(page.getByText(/^1 exchange /)).toBeVisible();
  await expect.element(all).toHaveAttribute('aria-pressed', 'false');
  await all.click();
  await expect.element(page.getByText(/^2 exchanges /)).toBeVisible();
  await expect.element(all).toHaveAttribute('aria-pressed', 'true');
  await expect.element(page.getByRole('img', { name: /whole recording/ })).toBeVisible();
});

it('lets time go on while it is live', async () => {
  const recording = new Recording(Date.now() - 5000);
  recording.request('worker/version', 1);
  const timeline = await mount(
    html`<sa-trace-timeline live .traces=${recording.traces}></sa-trace-timeline>`,
    'sa-trace-timeline',
  );
  await expect.element(page.getByText('now')).toBeVisible();
  await vi.waitFor(() => expect(timeline.style.getPropertyValue('--past')).toMatch(/^-\d/));
  timeline.live = false;
  await expect.element(page.getByText('end')).toBeVisible();
  expect(timeline.style.getPropertyValue('--past')).toBe('0px');
});

it('stands empty while nothing was said', async () => {
  const timeline = await mount(
    html`<sa-trace-timeline live></sa-trace-timeline>`,
    'sa-trace-timeline',
  );
  await expect.element(page.getByText('0 exchanges')).toBeVisible();
  expect(await violationsIn(timeline)).toEqual([]);
});

it('draws 2,000 traces in few elements, and comes to no harm', async () => {
  const traces = [...manyTraces(2000), ...hostileTraces()];
  const timeline = await mount(
    html`<sa-trace-timeline .traces=${traces}></sa-trace-timeline>`,
    'sa-trace-timeline',
  );
  expect(timeline.shadowRoot?.querySelectorAll('*').length).toBeLessThan(200);
  expect(timeline.shadowRoot?.querySelector('script, img')).toBeNull();
});
