import { html } from 'lit';
import { expect, it } from 'vitest';
import { mount } from '../testing/mount.ts';
import { anEpisode } from '../testing/rows.ts';
import './episode-list.ts';

const episodes = Array.from({ length: 40 }, (_, index) => anEpisode(`e${index}`));
const rowsIn = (list: HTMLElement) => list.shadowRoot?.querySelectorAll('sa-episode-row').length;

it('shows the first rows at once, and all of them soon', async () => {
  const list = await mount(
    html`<sa-episode-list .episodes=${episodes}></sa-episode-list>`,
    'sa-episode-list',
  );
  expect(rowsIn(list)).toBe(12);
  await expect.poll(() => rowsIn(list)).toBe(40);
  list.episodes = [...episodes, ...episodes.map(({ id }) => anEpisode(`more-${id}`))];
  await list.updateComplete;
  expect(rowsIn(list), 'what comes later comes whole').toBe(80);
});
