import { html } from 'lit';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { DownloadState } from '../../core/model/download.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import type { DownloadView } from '../contexts.ts';
import { violationsIn } from './testing/axe.ts';
import { focusedName } from './testing/focus.ts';
import { aStage, mount } from './testing/mount.ts';
import { aDownload, anEpisode } from './testing/rows.ts';
import './parts/episode-list.ts';

const TITLE = 'The keeper';
const episode = anEpisode('e1', { title: TITLE });
let stage = aStage();

async function show(view?: DownloadView) {
  if (view) stage.downloads.show(view);
  return mount(
    html`<sa-episode-list .episodes=${[episode]}></sa-episode-list>`,
    'sa-episode-list',
    stage,
  );
}

const row = () => page.getByRole('listitem').filter({ hasText: TITLE });
const button = (word: string) =>
  row().getByRole('button', { name: `${word} ${TITLE}`, exact: true });

beforeEach(() => {
  stage = aStage();
});

describe('an episode in a list', () => {
  const states: [DownloadState, string, string[]][] = [
    [{ kind: 'absent' }, 'Not downloaded', ['Download']],
    [{ kind: 'deleting', again: false }, 'Not downloaded', ['Download']],
    [{ kind: 'queued' }, 'Queued', ['Pause', 'Cancel']],
    [{ kind: 'active' }, 'Downloading', ['Pause', 'Cancel']],
    [{ kind: 'paused', reason: 'user' }, 'Paused', ['Resume', 'Cancel']],
    [{ kind: 'paused', reason: 'space' }, 'Paused', ['Resume', 'Cancel']],
    [{ kind: 'paused', reason: 'network' }, 'Waiting for network', ['Resume', 'Cancel']],
    [{ kind: 'paused', reason: 'unmetered' }, 'Waiting for network', ['Resume', 'Cancel']],
    [{ kind: 'paused', reason: 'retry' }, 'Waiting for network', ['Resume', 'Cancel']],
    [{ kind: 'verifying' }, 'Verifying', ['Cancel']],
    [{ kind: 'committed' }, 'Downloaded', ['Delete']],
    [
      { kind: 'failed', failure: { code: 'enclosure-not-audio' } },
      'Failed',
      ['Download', 'Delete'],
    ],
    [{ kind: 'evicted' }, 'Removed by the browser', ['Download', 'Delete']],
  ];
  for (const [state, text, words] of states) {
    const reason = 'reason' in state ? ` (${state.reason})` : '';
    it(`says ${text} while it is ${state.kind}${reason}, and offers ${words.join(' and ')}`, async () => {
      const list = await show(aDownload('e1', state, { receivedBytes: 12.4e6, totalBytes: 48e6 }));
      await expect.element(row().getByText(text, { exact: true })).toBeVisible();
      await expect.element(row().getByRole('link', { name: TITLE })).toBeVisible();
      for (const word of ['Play', 'Download', 'Pause', 'Resume', 'Cancel', 'Delete']) {
        const offered = word === 'Play' || words.includes(word);
        expect(button(word).elements(), word).toHaveLength(offered ? 1 : 0);
      }
      expect(await violationsIn(list)).toEqual([]);
    });
  }

  it('shows how far it is', async () => {
    await show(
      aDownload(
        'e1',
        { kind: 'active' },
        { receivedBytes: 12.4e6, totalBytes: 48e6, rateBytesPerS: 1.2e6 },
      ),
    );
    const bar = row().getByRole('progressbar');
    await expect.element(bar).toHaveAttribute('aria-valuenow', '25');
    await expect
      .element(bar)
      .toHaveAttribute('aria-valuetext', '12.4 of 48 MB · 25 % · 1.2 MB/s · 30 s left');
    stage.downloads.show(aDownload('e1', { kind: 'active' }, { receivedBytes: 3e6 }));
    await expect.element(bar).not.toHaveAttribute('aria-valuenow');
    await expect.element(bar).toHaveAttribute('aria-valuetext', '3 MB');
    stage.downloads.show(aDownload('e1', { kind: 'committed' }, { receivedBytes: 48e6 }));
    await expect.element(bar).not.toBeInTheDocument();
  });

  it('never says 100 % before the last byte', async () => {
    await show(
      aDownload('e1', { kind: 'active' }, { receivedBytes: 47_999_999, totalBytes: 48e6 }),
    );
    await expect.element(row().getByRole('progressbar')).toHaveAttribute('aria-valuenow', '99');
  });

  it.each([390, 1280])(
    'is as high when it moves as when it rests, at a width of %i',
    async (width) => {
      await page.viewport(width, 800);
      const title = 'A title that is long enough to take a second line on a narrow screen';
      stage.downloads.show();
      const list = await mount(
        html`<sa-episode-list .episodes=${[anEpisode('e1', { title })]}></sa-episode-list>`,
        'sa-episode-list',
        stage,
      );
      const item = page.getByRole('listitem').filter({ hasText: title });
      await expect.element(item).toBeVisible();
      const height = () => item.element().getBoundingClientRect().height;
      const atRest = height();
      for (const kind of ['queued', 'active', 'verifying', 'committed'] as const) {
        const amounts = { receivedBytes: 12.4e6, totalBytes: 48e6, rateBytesPerS: 1.2e6 };
        stage.downloads.show(aDownload('e1', { kind }, amounts));
        await list.updateComplete;
        const word = {
          queued: 'Queued',
          active: 'Downloading',
          verifying: 'Verifying',
          committed: 'Downloaded',
        };
        await expect.element(item.getByText(word[kind], { exact: true })).toBeVisible();
        expect(height(), kind).toBe(atRest);
      }
    },
  );

  it('passes on what is pressed', async () => {
    await show();
    await button('Download').click();
    stage.downloads.show(aDownload('e1', { kind: 'active' }));
    await button('Pause').click();
    stage.downloads.show(aDownload('e1', { kind: 'paused', reason: 'user' }));
    await button('Resume').click();
    await button('Cancel').click();
    await button('Play').click();
    expect(stage.downloads.calls).toEqual(['start e1', 'pause e1', 'resume e1', 'remove e1']);
    expect(stage.player.calls).toEqual(['play e1']);
  });

  it('is a toggle while it is the current one', async () => {
    stage.player.current = { episode, podcastTitle: 'P' };
    stage.player.playing = true;
    await show();
    await expect.element(button('Play')).toHaveAttribute('aria-pressed', 'true');
    await button('Play').click();
    expect(stage.player.calls).toEqual(['toggle']);
  });

  it('keeps the focus where the pressed button was', async () => {
    await show(aDownload('e1', { kind: 'active' }));
    await button('Cancel').click();
    stage.downloads.show();
    await vi.waitFor(() => expect(focusedName()).toBe(`Download ${TITLE}`));
  });

  it('says why it failed, and what to do', async () => {
    await show(
      aDownload('e1', { kind: 'failed', failure: { code: 'enclosure-not-found', status: 410 } }),
    );
    await expect.element(row().getByText(/not there any more \(error 410\)/)).toBeVisible();
  });

  it('announces a download that could not even be asked for', async () => {
    stage.downloads.answer = { ok: false, failure: { code: 'enclosure-missing' } };
    const list = await show();
    const announced = new Promise((resolve) => list.addEventListener('announce', resolve));
    await button('Download').click();
    expect(await announced).toMatchObject({ text: expect.stringContaining('no audio file') });
  });
});

describe('without a connection', () => {
  beforeEach(() => {
    stage.status.online = false;
  });

  it('does not play what is not here, and says so; Download still queues', async () => {
    const list = await show();
    await expect.element(row().getByText('(needs a connection)')).toBeVisible();
    await expect.element(button('Play')).toHaveAttribute('aria-disabled', 'true');
    await button('Play').click({ force: true });
    await button('Download').click();
    expect(stage.player.calls).toEqual([]);
    expect(stage.downloads.calls).toEqual(['start e1']);
    expect(await violationsIn(list)).toEqual([]);
  });

  it('rests what plays', async () => {
    stage.player.current = { episode, podcastTitle: 'Night Ferry' };
    stage.player.playing = true;
    await show();
    await button('Play').click();
    expect(stage.player.calls).toEqual(['toggle']);
  });

  it('plays what is downloaded', async () => {
    await show(aDownload('e1', { kind: 'committed' }));
    await button('Play').click();
    expect(stage.player.calls).toEqual(['play e1']);
  });
});

it('offers no Download where nothing can be kept', async () => {
  stage.status.worker = 'online-only';
  await show();
  await expect.element(button('Play')).toBeVisible();
  expect(button('Download').elements()).toHaveLength(0);
});

it('shows places in the queue, pictures and podcasts where it is told to', async () => {
  const list = await mount(
    html`<sa-episode-list
      numbered
      .podcasts=${new Map()}
      .episodes=${[episode, anEpisode('e2', { title: 'Other' })]}
    ></sa-episode-list>`,
    'sa-episode-list',
    stage,
  );
  await expect.element(row().getByText('Place in the queue: 1')).toBeVisible();
  await expect
    .element(
      page.getByRole('listitem').filter({ hasText: 'Other' }).getByText('Place in the queue: 2'),
    )
    .toBeVisible();
  expect(await violationsIn(list)).toEqual([]);
  expect(list.episodes[0]?.id).toBe('e1' as EpisodeId);
});

describe('an episode whose host lets it only be played', () => {
  it('says so before anybody presses Download, which asks the host again', async () => {
    stage.downloads.playOnly = [episode.id];
    const list = await show();
    await expect.element(row().getByText('(plays only online)')).toBeVisible();
    await expect.element(row().getByText('Not downloaded', { exact: true })).toBeVisible();
    expect(await violationsIn(list)).toEqual([]);
    await button('Download').click();
    expect(stage.downloads.calls).toEqual(['start e1']);
  });

  it('says nothing of it once it is here', async () => {
    stage.downloads.playOnly = [episode.id];
    await show(aDownload('e1', { kind: 'committed' }));
    await expect.element(row().getByText('Downloaded', { exact: true })).toBeVisible();
    expect(row().getByText('(plays only online)').elements()).toHaveLength(0);
  });
});
