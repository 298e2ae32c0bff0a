import { html } from 'lit';
import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import { anEpisode } from '../testing/rows.ts';
import './player-bar.ts';

let stage = aStage();
const show = () => mount(html`<sa-player-bar></sa-player-bar>`, 'sa-player-bar', stage);
const player = page.getByRole('region', { name: 'Player' });
const button = (name: string) => player.getByRole('button', { name, exact: true });

beforeEach(async () => {
  await page.viewport(1280, 800);
  stage = aStage();
});

function playSomething(): void {
  stage.player.current = { episode: anEpisode('e1'), podcastTitle: 'Night Ferry' };
  stage.player.playing = true;
  stage.player.durationS = 1000;
  stage.player.positionS = 100;
  stage.player.changed();
}

it('gives its one audio element away before anything plays, and never moves it', async () => {
  const bar = await show();
  const audio = bar.shadowRoot?.querySelector('audio');
  expect(stage.player.audio).toBe(audio);
  await expect.element(bar).not.toBeVisible();
  playSomething();
  await expect.element(player).toBeVisible();
  expect(bar.shadowRoot?.querySelector('[aria-label=Player] audio')).toBe(audio);
  expect(audio?.isConnected).toBe(true);
});

it('plays, skips and seeks', async () => {
  const bar = await show();
  playSomething();
  await button('Pause').click();
  await button('Back 15 seconds').click();
  await button('Forward 30 seconds').click();
  await player.getByRole('slider', { name: 'Position' }).fill('800');
  expect(stage.player.calls).toEqual(['toggle', 'seek 85', 'seek 130', 'seek 800']);
  stage.player.playing = false;
  stage.player.changed();
  await expect.element(button('Play')).toBeVisible();
  expect(await violationsIn(bar)).toEqual([]);
});

it('keeps its skips inside the episode', async () => {
  await show();
  playSomething();
  stage.player.positionS = 5;
  stage.player.changed();
  await button('Back 15 seconds').click();
  stage.player.positionS = 990;
  stage.player.changed();
  await button('Forward 30 seconds').click();
  expect(stage.player.calls).toEqual(['seek 0', 'seek 1000']);
});

it('sets the speed, for what comes next as well', async () => {
  await show();
  playSomething();
  await player.getByRole('combobox', { name: 'Speed' }).selectOptions('1.5×');
  expect(stage.player.audio).toMatchObject({ playbackRate: 1.5, defaultPlaybackRate: 1.5 });
});

it('says why it does not play', async () => {
  const bar = await show();
  playSomething();
  stage.player.failure = 'offline';
  stage.player.changed();
  const why = /not downloaded, and there is no connection/;
  await expect.element(player.getByText(why).last()).toBeVisible();
  expect(await violationsIn(bar)).toEqual([]);
});

it('tells screen readers what plays, and why it does not, in the bar and in the sheet', async () => {
  await show();
  const status = page.getByRole('status');
  playSomething();
  const open = player.getByRole('button', { name: 'Show the whole player' });
  await expect.element(open).toHaveAccessibleName('Show the whole player: Episode e1, Night Ferry');
  const spoken = status.element();
  expect(spoken.textContent).toBe('');
  stage.player.failure = 'not-playable';
  stage.player.changed();
  await expect.element(status).toHaveTextContent(/cannot play the file/);
  expect(status.element(), 'the same region').toBe(spoken);
  await expect.element(open).toHaveAccessibleName(/cannot play the file/);
  stage.player.failure = undefined;
  stage.player.changed();
  await open.click();
  const inSheet = page.getByRole('dialog').getByRole('status');
  await expect.element(inSheet).toHaveTextContent('');
  stage.player.failure = 'offline';
  stage.player.changed();
  await expect.element(inSheet).toHaveTextContent(/there is no connection/);
});

it('opens into a sheet on a phone, and closes by Escape', async () => {
  await page.viewport(390, 844);
  const bar = await show();
  playSomething();
  await player.getByRole('button', { name: 'Show the whole player' }).click();
  const sheet = page.getByRole('dialog', { name: 'Now playing' });
  await expect.element(sheet.getByRole('heading', { name: 'Episode e1' })).toBeVisible();
  await expect.element(sheet.getByRole('slider', { name: 'Position' })).toBeVisible();
  expect(await violationsIn(bar)).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(sheet).not.toBeInTheDocument();
});
