import { html } from 'lit';
import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { failed } from '../../../core/model/failure.ts';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import { aDownload, anEpisode, aPodcast } from '../testing/rows.ts';
import './downloads-page.ts';
import './episodes-page.ts';
import './settings-page.ts';

let stage = aStage();

beforeEach(() => {
  stage = aStage();
  stage.library.podcastRows = [aPodcast('p1', { title: 'Night Ferry' })];
  stage.library.episodeRows = [1, 2, 3, 4, 5].map((n) => anEpisode(`e${n}`));
});

const titles = () =>
  page
    .getByRole('listitem')
    .elements()
    .map((item) => item.querySelector('sa-episode-row')?.episode?.title);

describe('episodes', () => {
  const show = () => mount(html`<sa-episodes-page></sa-episodes-page>`, 'sa-episodes-page', stage);

  it('shows what is newest, with its podcast', async () => {
    const element = await show();
    await expect.element(page.getByText('Night Ferry').first()).toBeVisible();
    expect(titles()).toHaveLength(5);
    expect(await violationsIn(element)).toEqual([]);
  });

  it('says what belongs here while there is nothing', async () => {
    stage.library.episodeRows = [];
    const element = await show();
    await expect.element(page.getByText('No episodes yet')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });
});

describe('downloads', () => {
  const show = () =>
    mount(html`<sa-downloads-page></sa-downloads-page>`, 'sa-downloads-page', stage);
  const group = (name: string) => page.getByRole('region', { name });

  it('has three groups, the first in the order of the queue', async () => {
    stage.downloads.show(
      aDownload('e1', { kind: 'queued' }, { position: 7 }),
      aDownload('e2', { kind: 'active' }, { position: 5, receivedBytes: 1e6, totalBytes: 2e6 }),
      aDownload('e3', { kind: 'failed', failure: { code: 'no-space', neededBytes: 1 } }),
      aDownload('e4', { kind: 'committed' }, { receivedBytes: 20e6 }),
      aDownload('e5', { kind: 'deleting', again: false }),
    );
    const element = await show();
    await expect.element(group('Under way')).toBeVisible();
    expect(titles()).toEqual(['Episode e2', 'Episode e1', 'Episode e3', 'Episode e4']);
    await expect.element(group('On this device').getByText('1 episode, 20 MB')).toBeVisible();
    await expect.element(group('On hold').getByText(/not enough space/)).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('says when space runs out', async () => {
    stage.storage.figures = { usedBytes: 95, quotaBytes: 100, persisted: true };
    stage.downloads.show(aDownload('e4', { kind: 'committed' }));
    const element = await show();
    await expect.element(page.getByText(/^Nearly full/)).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('says what belongs here while there is nothing', async () => {
    const element = await show();
    await expect.element(page.getByText('Nothing on board yet')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });
});

describe('settings', () => {
  const show = () => mount(html`<sa-settings-page></sa-settings-page>`, 'sa-settings-page', stage);

  it('asks the browser to keep the library, once', async () => {
    const element = await show();
    await page.getByRole('button', { name: 'Ask the browser' }).click();
    await expect.element(page.getByText(/has been asked/)).toBeVisible();
    expect(stage.storage.asked).toBe(1);
    expect(await violationsIn(element)).toEqual([]);
  });

  it('installs and updates when it can, and not before', async () => {
    const element = await show();
    const install = page.getByRole('button', { name: 'Install' });
    const update = page.getByRole('button', { name: 'Update' });
    expect(install.elements()).toHaveLength(0);
    expect(update.elements()).toHaveLength(0);
    stage.status.installable = true;
    stage.status.updateWaiting = true;
    stage.status.changed();
    await install.click();
    await update.click();
    expect(stage.status.calls).toEqual(['install', 'takeUpdate']);
    expect(await violationsIn(element)).toEqual([]);
  });

  it('says when space runs out, and when the browser keeps everything', async () => {
    stage.storage.figures = { usedBytes: 95, quotaBytes: 100, persisted: true };
    const element = await show();
    await expect.element(page.getByText(/^Nearly full/)).toBeVisible();
    await expect.element(page.getByText('The browser keeps your library')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });
});

describe('the theme', () => {
  const show = () => mount(html`<sa-settings-page></sa-settings-page>`, 'sa-settings-page', stage);
  const theme = (name: string) =>
    page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name, exact: true });

  it('is what was chosen, here or in another tab, and is chosen by press or key', async () => {
    const element = await show();
    await expect.element(theme('System')).toBeChecked();
    await theme('Dark').click();
    await expect.element(theme('Dark')).toBeChecked();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(theme('Light')).toBeChecked();
    expect(stage.settings.calls).toEqual(['change {"theme":"dark"}', 'change {"theme":"light"}']);
    stage.settings.current = { ...stage.settings.current, theme: 'system' };
    stage.settings.changed();
    await expect.element(theme('System')).toBeChecked();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('that could not be kept is said to be so', async () => {
    stage.settings.changing = failed({ code: 'unexpected', detail: 'x' });
    const element = await show();
    const said = new Promise((resolve) => element.addEventListener('announce', resolve));
    await theme('Dark').click();
    await expect(said).resolves.toMatchObject({ text: expect.stringMatching(/./) });
  });
});

describe('in the background', () => {
  const show = () => mount(html`<sa-settings-page></sa-settings-page>`, 'sa-settings-page', stage);
  const notify = page.getByRole('switch', { name: 'Tell me when a download is finished' });

  it('nothing is told, and nobody is asked, until somebody says so', async () => {
    const element = await show();
    await expect.element(notify).not.toBeChecked();
    expect(stage.settings.calls).toEqual([]);
    await notify.click();
    await expect.element(notify).toBeChecked();
    expect(stage.settings.calls).toEqual(['askToNotify', 'change {"notifyFinished":true}']);
    expect(await violationsIn(element)).toEqual([]);
    await notify.click();
    await expect.element(notify).not.toBeChecked();
    expect(stage.settings.calls.at(-1)).toBe('change {"notifyFinished":false}');
  });

  it('new episodes are announced once somebody says so', async () => {
    await show();
    const announce = page.getByRole('switch', { name: 'Announce new episodes' });
    await expect.element(announce).not.toBeChecked();
    await announce.click();
    await expect.element(announce).toBeChecked();
    expect(stage.settings.calls).toEqual(['askToNotify', 'change {"announceNew":true}']);
  });

  it('a no to the browser leaves it off, and says what can be done', async () => {
    stage.settings.answer = 'denied';
    const element = await show();
    await notify.click();
    await expect.element(page.getByText(/blocks notifications/)).toBeVisible();
    await expect.element(notify).not.toBeChecked();
    await expect.element(notify).toBeDisabled();
    expect(stage.settings.calls).toEqual(['askToNotify']);
    expect(await violationsIn(element)).toEqual([]);
  });

  it('a permission that was taken away switches it off', async () => {
    stage.settings.current = { ...stage.settings.current, notifyFinished: true };
    stage.settings.notifications = 'denied';
    await show();
    await expect.element(notify).not.toBeChecked();
  });

  it('shows when the browser woke the app, and what came of it', async () => {
    await show();
    await expect.element(page.getByText('Not yet.')).toBeVisible();
    const at = new Date(2026, 10, 12, 14, 3).getTime();
    const wakeUp = { by: 'sync', tag: 'downloads', lastChance: false, outcome: 'done' } as const;
    stage.wakeUps.rows = [{ ...wakeUp, at }];
    stage.wakeUps.changed();
    await expect
      .element(page.getByText('12 Nov, 14:03: a connection was back, all done.'))
      .toBeVisible();
  });

  it.each([
    ['missing', 'missing', /does not wake closed apps/],
    ['idle', 'refused', /once Stowaway is installed/],
    ['idle', 'registered', /looks for new episodes now and then/],
  ] as const)('with sync %s and periodic sync %s says what to expect', async (...states) => {
    const [sync, periodicSync, words] = states;
    Object.assign(stage.wakeUps, { sync, periodicSync });
    await show();
    await expect.element(page.getByText(words)).toBeVisible();
  });
});
