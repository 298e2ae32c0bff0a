import { html } from 'lit';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ShownTrace } from '../../inspection-view.ts';
import { violationsIn } from '../testing/axe.ts';
import { mount } from '../testing/mount.ts';
import { hostileTraces } from './testing/hostile-traces.ts';
import { anAfternoon, manyTraces } from './testing/traces.ts';
import type { TraceList } from './trace-list.ts';
import type { TraceSelectEvent } from './trace-select-event.ts';
import './trace-list.ts';

async function aList(traces: ShownTrace[]): Promise<TraceList> {
  const list = await mount(
    html`<sa-trace-list
      .traces=${traces}
      @trace-select=${({ traceId, target }: TraceSelectEvent) => {
        (target as TraceList).selectedId = traceId;
      }}
    ></sa-trace-list>`,
    'sa-trace-list',
  );
  await list.updateComplete;
  await new Promise(requestAnimationFrame);
  await list.updateComplete;
  return list;
}

const rows = (list: TraceList) => [
  ...(list.shadowRoot?.querySelectorAll('[role=row][aria-selected]') ?? []),
];

it('says that nothing was said', async () => {
  const list = await aList([]);
  await expect.element(page.getByText(/Nothing was said yet/)).toBeVisible();
  expect(await violationsIn(list)).toEqual([]);
});

it.each([390, 1280])('tells every trace in a line of its own, %d px wide', async (width) => {
  await page.viewport(width, 800);
  const list = await aList(anAfternoon());
  const name =
    /09:41:33\.251 (seen by )?Page Worker .* Page Request downloads\/advance .*10\.0 s No answer in time/;
  await expect.element(page.getByRole('row', { name })).toBeVisible();
  expect(await violationsIn(list)).toEqual([]);
});

it('has about a hundred lines of 2,000, wherever it is scrolled', async () => {
  const list = await aList(manyTraces(2000));
  await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2001');
  expect(rows(list).length).toBeLessThan(100);
  expect(rows(list).at(-1)?.getAttribute('aria-rowindex')).toBe('2001');
  list.shadowRoot?.querySelector('.scroll')?.scrollTo(0, 10_000);
  await vi.waitFor(() => expect(rows(list)[0]?.id).not.toBe('trace-1'));
  await vi.waitFor(() =>
    expect(Number(rows(list)[0]?.getAttribute('aria-rowindex'))).toBeLessThan(320),
  );
  expect(rows(list).length).toBeLessThan(100);
});

it('is chosen from by keyboard, and shows what is chosen', async () => {
  const list = await aList(manyTraces(2000));
  const grid = page.getByRole('grid', { name: 'All traces' });
  await userEvent.keyboard('{Tab}');
  expect(list.shadowRoot?.activeElement).toBe(grid.element());
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(grid).toHaveAttribute('aria-activedescendant', 'trace-2000');
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(grid).toHaveAttribute('aria-activedescendant', 'trace-1999');
  await userEvent.keyboard('{Home}');
  await expect.element(grid).toHaveAttribute('aria-activedescendant', 'trace-1');
  await expect.element(page.getByRole('row', { selected: true })).toBeVisible();
  expect(rows(list)[0]?.id).toBe('trace-1');
});

it('is chosen from by pointer', async () => {
  const list = await aList(anAfternoon());
  await page.getByText('downloads/advance').first().click();
  await vi.waitFor(() => expect(list.selectedId).toBe(list.traces.length - 1));
});

it('keeps what is looked at in its place while the recording forgets its oldest', async () => {
  const traces = manyTraces(600);
  const list = await aList(traces);
  list.shadowRoot?.querySelector('.scroll')?.scrollTo(0, 6000);
  await expect.element(page.getByRole('button', { name: 'Newest' })).toBeVisible();
  const looked = rows(list)[15];
  const top = looked?.getBoundingClientRect().top ?? Number.NaN;
  list.traces = traces.slice(40);
  await list.updateComplete;
  const still = list.shadowRoot?.getElementById(looked?.id ?? '');
  expect(still?.getBoundingClientRect().top).toBeCloseTo(top, 0);
});

it('comes to no harm by what others say', async () => {
  const list = await aList(hostileTraces());
  expect(list.shadowRoot?.querySelector('img, script, b')).toBeNull();
  const heights = rows(list).map((row) => row.getBoundingClientRect().height);
  expect(new Set(heights).size).toBe(1);
  expect(await violationsIn(list)).toEqual([]);
});
