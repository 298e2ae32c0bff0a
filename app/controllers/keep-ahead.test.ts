import { html } from 'lit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aStage, mount } from '../elements/testing/mount.ts';
import { anEpisode, aPodcast } from '../elements/testing/rows.ts';
import '../elements/pages/library-page.ts';
import '../elements/parts/episode-list.ts';

let stage = aStage();

beforeEach(() => {
  stage = aStage();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  scrollTo(0, 0);
});

const asked = () => stage.keepAhead.calls;

/** The browser has told every observer where things are. */
async function painted(): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** A list of 40 episodes, below the edge of the screen. */
async function listBelow() {
  const episodes = Array.from({ length: 40 }, (_, index) => anEpisode(`e${index}`));
  const list = await mount(
    html`<sa-episode-list style="margin-top: 3000px" .episodes=${episodes}></sa-episode-list>`,
    'sa-episode-list',
    stage,
  );
  while (list.shadowRoot?.querySelectorAll('sa-episode-row').length !== episodes.length) {
    vi.advanceTimersByTime(20);
    await list.updateComplete;
  }
  await painted();
  const row = (index: number) => {
    const found = list.shadowRoot?.querySelectorAll('sa-episode-row')[index];
    if (!found) throw new Error('no such row');
    return found;
  };
  return { list, row };
}

const over = () => new PointerEvent('pointerover', { bubbles: true, composed: true });

it('asks for what the pointer rests on, not for what it passes', async () => {
  const { row } = await listBelow();
  row(3).dispatchEvent(over());
  vi.advanceTimersByTime(140);
  row(4).dispatchEvent(over());
  vi.advanceTimersByTime(140);
  expect(asked()).toEqual([]);
  // Moving on inside the same row is still resting on it.
  row(4).shadowRoot?.querySelector('a')?.dispatchEvent(over());
  vi.advanceTimersByTime(10);
  expect(asked()).toEqual(['episode e4']);
});

it('asks for nothing when the pointer has left', async () => {
  const { list, row } = await listBelow();
  row(3).dispatchEvent(over());
  list.dispatchEvent(new PointerEvent('pointerleave'));
  vi.advanceTimersByTime(1000);
  expect(asked()).toEqual([]);
});

it('asks for what has the focus', async () => {
  const { row } = await listBelow();
  const link = row(7).shadowRoot?.querySelector('a');
  link?.focus({ preventScroll: true });
  vi.advanceTimersByTime(150);
  expect(asked()).toEqual(['episode e7']);
});

it('asks for what is on screen when scrolling has come to rest', async () => {
  const { list, row } = await listBelow();
  // The browser's own pointer rests somewhere, and scrolling moves rows under it.
  list.style.pointerEvents = 'none';
  row(0).scrollIntoView();
  await painted();
  vi.advanceTimersByTime(400);
  row(39).scrollIntoView({ block: 'end' });
  await painted();
  expect(asked()).toEqual([]);
  vi.advanceTimersByTime(500);
  expect(asked()).toContain('episode e39');
  expect(asked()).not.toContain('episode e0');
});

it('asks for nothing once its element is gone', async () => {
  const { list, row } = await listBelow();
  row(2).scrollIntoView();
  await painted();
  row(2).dispatchEvent(over());
  list.remove();
  vi.advanceTimersByTime(1000);
  expect(asked()).toEqual([]);
});

it('asks for the podcasts of the library', async () => {
  stage.library.podcastRows = [aPodcast('p1')];
  const library = await mount(html`<sa-library-page></sa-library-page>`, 'sa-library-page', stage);
  await painted();
  expect(library.shadowRoot?.querySelector('[data-keep-podcast]')).not.toBeNull();
  vi.advanceTimersByTime(500);
  expect(asked()).toEqual(['podcast p1']);
});
