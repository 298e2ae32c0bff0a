import { html } from 'lit';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ShownTrace } from '../../inspection-view.ts';
import { violationsIn } from '../testing/axe.ts';
import { mount } from '../testing/mount.ts';
import type { SequenceDiagram } from './sequence-diagram.ts';
import { hostileTraces } from './testing/hostile-traces.ts';
import { Recording } from './testing/recording.ts';
import { aBusyMoment, anAfternoon, manyTraces } from './testing/traces.ts';
import type { TraceSelectEvent } from './trace-select-event.ts';
import './sequence-diagram.ts';

/** The diagram on a page that keeps the selection, as the Inspector does. */
async function aDiagram(traces: ShownTrace[]): Promise<SequenceDiagram> {
  const diagram = await mount(
    html`<sa-sequence-diagram
      .traces=${traces}
      @trace-select=${({ traceId, target }: TraceSelectEvent) => {
        (target as SequenceDiagram).selectedId = traceId;
      }}
    ></sa-sequence-diagram>`,
    'sa-sequence-diagram',
  );
  await settled(diagram);
  return diagram;
}

/** The first picture is measured by it, the second has the right size. */
async function settled(diagram: SequenceDiagram): Promise<void> {
  await diagram.updateComplete;
  await new Promise(requestAnimationFrame);
  await diagram.updateComplete;
}

const arrows = (diagram: SequenceDiagram) => [
  ...(diagram.shadowRoot?.querySelectorAll('[role=option]') ?? []),
];
const box = (diagram: SequenceDiagram) => {
  const found = diagram.shadowRoot?.querySelector('.scroll');
  if (!found) throw new Error('nothing is drawn');
  return found;
};
const atEnd = ({ scrollTop, clientHeight, scrollHeight }: Element) =>
  scrollTop + clientHeight >= scrollHeight - 1;

it('says that nothing was said', async () => {
  const diagram = await aDiagram([]);
  await expect.element(page.getByText(/Nothing was said yet/)).toBeVisible();
  expect(await violationsIn(diagram)).toEqual([]);
});

it('draws one arrow for the two sightings of a message, and says all of it', async () => {
  const recording = new Recording();
  recording.request('download/start', 12);
  const diagram = await aDiagram(recording.traces);
  expect(arrows(diagram)).toHaveLength(2);
  const call = { name: 'Page to worker: download/start, request, 1.4 ms on the way' };
  await expect.element(page.getByRole('option', call)).toBeInTheDocument();
  const answer = { name: 'Worker to page: answer to download/start: ok, 14 ms' };
  await expect.element(page.getByRole('option', answer)).toBeInTheDocument();
});

it.each([390, 1280])('has no fault that axe finds, %d px wide', async (width) => {
  await page.viewport(width, 800);
  const diagram = await aDiagram(anAfternoon());
  diagram.selectedId = 14;
  await settled(diagram);
  expect(await violationsIn(diagram)).toEqual([]);
});

it('shows failures in words, not in colour alone', async () => {
  const recording = new Recording();
  recording.request('episode/transcript', 3, { outcome: 'handler-failed' });
  recording.timeout('downloads/advance', 10_000);
  const diagram = await aDiagram(recording.traces);
  await expect.element(page.getByText(/The handler threw/)).toBeVisible();
  await expect.element(page.getByText(/No answer in time/)).toBeVisible();
  await expect.element(page.getByRole('option', { name: /never heard/ })).toBeInTheDocument();
  expect(diagram.shadowRoot?.querySelectorAll('.lost')).toHaveLength(2);
  expect(diagram.shadowRoot?.querySelector('.silence')?.textContent).toContain('10.0 s');
});

it('repeats to what an answer belongs where something else came between', async () => {
  await page.viewport(1280, 800);
  await aDiagram(aBusyMoment());
  await expect.element(page.getByText('artwork/keep ok 52 ms')).toBeVisible();
});

it('is chosen from by keyboard, beginning at the newest', async () => {
  const diagram = await aDiagram(anAfternoon());
  const count = arrows(diagram).at(-1)?.getAttribute('aria-setsize');
  const list = page.getByRole('listbox', { name: 'Sequence diagram' });
  await userEvent.keyboard('{Tab}');
  expect(diagram.shadowRoot?.activeElement).toBe(list.element());
  const chosen = page.getByRole('option', { selected: true });
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(chosen).toHaveAttribute('aria-posinset', count ?? '');
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(chosen).toHaveAttribute('aria-posinset', String(Number(count) - 1));
  await userEvent.keyboard('{Home}');
  await expect.element(chosen).toHaveAttribute('aria-posinset', '1');
  await expect.element(list).toHaveAttribute('aria-activedescendant', 'message-1');
  await vi.waitFor(() => expect(box(diagram).scrollTop).toBeLessThan(60));
});

it('is chosen from by pointer', async () => {
  const selected = vi.fn();
  const recording = new Recording();
  recording.request('download/start', 12);
  const diagram = await aDiagram(recording.traces);
  diagram.addEventListener('trace-select', (event) =>
    selected((event as TraceSelectEvent).traceId),
  );
  await page.getByText('ok').click();
  expect(selected).toHaveBeenCalledExactlyOnceWith(3);
});

it('shows as chosen the arrow of either sighting', async () => {
  const recording = new Recording();
  recording.request('download/start', 12);
  const diagram = await aDiagram(recording.traces);
  for (const [selectedId, name] of [
    [2, /^Page to worker/],
    [4, /^Worker to page/],
  ] as const) {
    diagram.selectedId = selectedId;
    await expect.element(page.getByRole('option', { selected: true, name })).toBeInTheDocument();
  }
});

it('draws about a hundred arrows of 2,000 traces, wherever it is scrolled', async () => {
  const diagram = await aDiagram(manyTraces(2000));
  expect(arrows(diagram).length).toBeLessThan(100);
  expect(atEnd(box(diagram))).toBe(true);
  box(diagram).scrollTop = 9000;
  await vi.waitFor(() => {
    const places = arrows(diagram).map((arrow) => Number(arrow.getAttribute('aria-posinset')));
    expect(Math.min(...places)).toBeGreaterThan(100);
    expect(Math.max(...places)).toBeLessThan(500);
  });
  expect(arrows(diagram).length).toBeLessThan(100);
});

it('follows the live end until somebody scrolls away, and goes back there', async () => {
  const traces = manyTraces(400);
  const diagram = await aDiagram(traces.slice(0, 200));
  diagram.traces = traces.slice(0, 300);
  await settled(diagram);
  expect(atEnd(box(diagram))).toBe(true);
  box(diagram).scrollTop -= 500;
  const newest = page.getByRole('button', { name: 'Newest' });
  await expect.element(newest).toBeVisible();
  const { scrollTop } = box(diagram);
  diagram.traces = traces;
  const newer = page.getByRole('button', { name: /\d+ newer/ });
  await expect.element(newer).toBeVisible();
  expect(box(diagram).scrollTop).toBe(scrollTop);
  await newer.click();
  await vi.waitFor(() => expect(atEnd(box(diagram))).toBe(true));
  await expect.element(newest).not.toBeInTheDocument();
});

it('follows through a change of size', async () => {
  await page.viewport(1280, 800);
  const diagram = await aDiagram(manyTraces(400));
  for (const height of [1000, 600, 900]) {
    await page.viewport(1280, height);
    await settled(diagram);
    await settled(diagram);
    expect(atEnd(box(diagram))).toBe(true);
  }
  await expect.element(page.getByRole('button', { name: 'Newest' })).not.toBeInTheDocument();
});

it('keeps what is looked at in its place while the recording forgets its oldest', async () => {
  const traces = manyTraces(600);
  const diagram = await aDiagram(traces);
  box(diagram).scrollTop = 6000;
  await vi.waitFor(() => expect(arrows(diagram).length).toBeGreaterThan(10));
  await settled(diagram);
  const { top: edge } = box(diagram).getBoundingClientRect();
  const looked = arrows(diagram).find((arrow) => arrow.getBoundingClientRect().top > edge + 100);
  const { top } = looked?.getBoundingClientRect() ?? {};
  diagram.traces = traces.slice(40);
  await settled(diagram);
  const still = diagram.shadowRoot?.getElementById(looked?.id ?? '');
  expect(still?.getBoundingClientRect().top).toBeCloseTo(top ?? Number.NaN, 0);
});

it('comes to no harm by what others say', async () => {
  await page.viewport(390, 844);
  const diagram = await aDiagram(hostileTraces());
  expect(diagram.shadowRoot?.querySelector('img, script, b, foreignObject')).toBeNull();
  const { left, right } = box(diagram).getBoundingClientRect();
  for (const words of diagram.shadowRoot?.querySelectorAll('.words') ?? []) {
    expect(words.getBoundingClientRect().left).toBeGreaterThanOrEqual(left);
    expect(words.getBoundingClientRect().right).toBeLessThanOrEqual(right);
  }
  expect(await violationsIn(diagram)).toEqual([]);
});
