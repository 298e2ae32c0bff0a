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

it('offline rests what plays, and plays what is half here', async () => {
  stage.status.online = false;
  stage.player.current = { episode, podcastTitle: 'Night Ferry' };
  stage.player.playing = true;
  await show();
  await button('Play').click();
  expect(stage.player.calls).toEqual(['toggle']);
  stage.player.playing = false;
  stage.player.changed();
  await expect.element(button('Play')).toHaveAttribute('aria-disabled', 'true');
  const half = { receivedBytes: 5e6, totalBytes: 10e6 };
  stage.downloads.show(aDownload('e1', { kind: 'paused', reason: 'network' }, half));
  await expect.element(button('Play')).not.toHaveAttribute('aria-disabled');
});

it('says so where there is no such episode', async () => {
  const element = await show('e9');
  await expect.element(page.getByText('Not in your library')).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
});

const OPUS = {
  type: 'audio/opus',
  sizeBytes: 24_000_000,
  bitrate: 32_000,
  title: undefined,
  isDefault: undefined,
  integrity: undefined,
  sources: [{ url: 'https://example.org/small.opus', type: 'audio/ogg; codecs=opus' }],
};

it('offers other copies that this browser plays, before the download alone', async () => {
  const video = {
    ...OPUS,
    type: 'video/mp4',
    sources: [{ url: 'https://e.org/v', type: undefined }],
  };
  const odd = {
    ...OPUS,
    type: 'audio/x-odd',
    sources: [{ url: 'https://e.org/o', type: undefined }],
  };
  stage.library.episodeRows = [{ ...episode, alternateEnclosures: [video, odd, OPUS] }];
  const element = await show();
  await page.getByText('Other sizes of this episode').click();
  const get = (words: string) =>
    page.getByRole('button', { name: `Get The keeper as ${words}`, exact: true });
  await expect.element(get('Opus, 24 MB, 32 kbit/s')).toBeVisible();
  expect(page.getByRole('button', { name: /^Get/ }).elements()).toHaveLength(2);
  // The one button that people and tests know stays as it is, and is the only one of its name.
  await expect.element(page.getByRole('button', { name: 'Download The keeper' })).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
  await get('Opus, 24 MB, 32 kbit/s').click();
  expect(stage.downloads.calls).toEqual([expect.stringMatching(/^start e1 [0-9a-z]{1,7}$/)]);
  stage.downloads.show(aDownload('e1', { kind: 'queued' }));
  await expect.element(page.getByText('Other sizes of this episode')).not.toBeInTheDocument();
});

it('offers no copies where the feed names none', async () => {
  await show();
  await expect.element(button('Download')).toBeVisible();
  expect(page.getByText('Other sizes of this episode').elements()).toHaveLength(0);
});

it('says before anybody presses Download that it can only be played', async () => {
  stage.downloads.playOnly = [episode.id];
  const element = await show();
  await expect
    .element(page.getByText(/lets it be played, with a connection, but not kept/))
    .toBeVisible();
  await expect.element(button('Download')).toBeVisible();
  await expect.element(page.getByText('Not downloaded', { exact: true })).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
});
