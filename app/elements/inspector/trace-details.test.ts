import { html } from 'lit';
import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { violationsIn } from '../testing/axe.ts';
import { mount } from '../testing/mount.ts';
import { hostileTraces } from './testing/hostile-traces.ts';
import { Recording } from './testing/recording.ts';
import type { TraceSelectEvent } from './trace-select-event.ts';
import './trace-details.ts';

it('asks for a message while there is none', async () => {
  const details = await mount(html`<sa-trace-details></sa-trace-details>`, 'sa-trace-details');
  await expect.element(page.getByText('Choose a message to see all of it.')).toBeVisible();
  expect(await violationsIn(details)).toEqual([]);
});

it('tells all of a trace, and the way of its exchange with the time between the sides', async () => {
  const selected = vi.fn();
  const recording = new Recording();
  recording.request('download/start', 12, { params: { episodeId: 'ep-17' } });
  const [first, second, ...others] = recording.traces;
  const details = await mount(
    html`<sa-trace-details
      .trace=${second}
      .others=${[first, ...others]}
      @trace-select=${({ traceId }: TraceSelectEvent) => selected(traceId)}
    ></sa-trace-details>`,
    'sa-trace-details',
  );
  await expect.element(page.getByRole('heading', { name: 'download/start' })).toBeVisible();
  await expect.element(page.getByText('ExtendableMessageEvent')).toBeVisible();
  await expect.element(page.getByText(/WindowClient https/)).toBeVisible();
  await expect
    .element(page.getByRole('region', { name: 'What was said' }))
    .toHaveTextContent('{ "episodeId": "ep-17" }');
  const steps = page.getByRole('button');
  expect(steps.elements().map((step) => step.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
    'Page asked',
    'Worker heard it +1.4 ms',
    'Worker answered +12 ms',
    'Page had the answer +0.9 ms',
  ]);
  await expect.element(steps.nth(1)).toHaveAttribute('aria-current', 'true');
  expect(await violationsIn(details)).toEqual([]);
  await steps.nth(3).click();
  expect(selected).toHaveBeenCalledExactlyOnceWith(4);
});

it('tells a failure in words and by its code', async () => {
  const recording = new Recording();
  recording.timeout('downloads/advance', 10_000);
  const [asked, gaveUp] = recording.traces;
  const details = await mount(
    html`<sa-trace-details .trace=${gaveUp} .others=${[asked]}></sa-trace-details>`,
    'sa-trace-details',
  );
  await expect.element(page.getByText('No answer in time RequestTimeoutError')).toBeVisible();
  await expect.element(page.getByText('Page gave up waiting')).toBeVisible();
  expect(await violationsIn(details)).toEqual([]);
});

it('says where the recording kept only the start of what was said', async () => {
  const trace = new Recording().add('page', 'page>tabs', {
    type: 'long',
    data: '["'.padEnd(4096, 'x'),
  });
  await mount(
    html`<sa-trace-details .trace=${{ ...trace, sizeBytes: 120_000 }}></sa-trace-details>`,
    'sa-trace-details',
  );
  await expect
    .element(page.getByText('The first 4096 characters; the whole was 120 KB.'))
    .toBeVisible();
});

it('comes to no harm by what others say', async () => {
  await page.viewport(390, 844);
  for (const trace of hostileTraces()) {
    const details = await mount(
      html`<sa-trace-details .trace=${trace}></sa-trace-details>`,
      'sa-trace-details',
    );
    expect(details.shadowRoot?.querySelector('img, script, b')).toBeNull();
    expect(details.scrollWidth).toBeLessThanOrEqual(390);
    expect(await violationsIn(details)).toEqual([]);
  }
});
