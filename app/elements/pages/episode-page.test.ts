import { html } from 'lit';
import { beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import { aDownload, anEpisode, aPodcast } from '../testing/rows.ts';
import './episode-page.ts';

let stage = aStage();
const episode = anEpisode('e1', {
  title: 'The keeper',
  persons: [
    {
      name: 'Ines',
      role: 'host',
      group: undefined,
      url: 'https://example.org',
      imageUrl: undefined,
    },
    { name: 'Tove', role: undefined, group: undefined, url: 'javascript:1', imageUrl: undefined },
  ],
});
const show = (id = 'e1') =>
  mount(html`<sa-episode-page .episodeId=${id}></sa-episode-page>`, 'sa-episode-page', stage);
const button = (word: string) =>
  page.getByRole('button', { name: `${word} The keeper`, exact: true });

beforeEach(() => {
  stage = aStage();
  stage.library.podcastRows = [aPodcast('p1', { title: 'Night Ferry' })];
  stage.library.episodeRows = [episode];
  stage.library.chapterRows = [{ startS: 0, title: 'Casting off' }];
  stage.library.cues = [{ startS: 0, speaker: 'Ines', text: 'It is late.' }];
});

it('shows everything its feed says', async () => {
  const element = await show();
  await expect.element(page.getByRole('heading', { name: 'The keeper' })).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Night Ferry' })).toBeVisible();
  await expect.element(page.getByText('Notes about it.')).toBeVisible();
  await expect.element(page.getByText('Casting off')).toBeVisible();
  await expect.element(page.getByText('Read the transcript')).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Ines' })).toBeVisible();
  expect(page.getByRole('link', { name: 'Tove' }).elements()).toHaveLength(0);
  expect(await violationsIn(element)).toEqual([]);
});

it('downloads, plays, and goes to a chapter of what plays', async () => {
  const element = await show();
  await expect.element(page.getByText('Not downloaded', { exact: true })).toBeVisible();
  await button('Download').click();
  await button('Play').click();
  expect(stage.downloads.calls).toEqual(['start e1']);
  stage.downloads.show(aDownload('e1', { kind: 'active' }, { receivedBytes: 5, totalBytes: 10 }));
  await expect.element(page.getByRole('progressbar')).toBeVisible();
  stage.player.current = { episode, podcastTitle: 'Night Ferry' };
  stage.player.playing = true;
  stage.player.changed();
  await page.getByRole('button', { name: /Casting off/ }).click();
  expect(stage.player.calls).toEqual(['play e1', 'seek 0']);
  expect(await violationsIn(element)).toEqual([]);
});

it('does not play offline what is not here', async () => {
  stage.status.online = false;
  const element = await show();
  await expect.element(button('Play')).toHaveAttribute('aria-disabled', 'true');
  await expect.element(page.getByText('Playing it needs a connection.').first()).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
});

it('says so where there is no such episode', async () => {
  const element = await show('e9');
  await expect.element(page.getByText('Not in your library')).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
});
