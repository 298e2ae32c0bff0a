import { html } from 'lit';
import { beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { failureText } from '../failure-text.ts';
import { aStage, mount } from './testing/mount.ts';
import { aDownload, anEpisode, aPodcast } from './testing/rows.ts';
import './pages/downloads-page.ts';

let stage = aStage();
const show = () => mount(html`<sa-downloads-page></sa-downloads-page>`, 'sa-downloads-page', stage);
const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('what could not be done', () => {
  const failure = { code: 'outdated' } as const;
  const paused = aDownload('e2', { kind: 'paused', reason: 'user' });
  const queued = (id: string, position: number) => aDownload(id, { kind: 'queued' }, { position });

  beforeEach(() => {
    stage = aStage();
    stage.library.podcastRows = [aPodcast('p1')];
    stage.library.episodeRows = ['e1', 'e2', 'e3', 'e4'].map((id) => anEpisode(id));
    stage.downloads.answer = { ok: false, failure };
    stage.downloads.show(
      queued('e1', 1),
      queued('e3', 2),
      paused,
      aDownload('e4', { kind: 'committed' }),
    );
  });

  it.each([
    ['Pause all', 'pauseAll'],
    ['Resume all', 'resumeAll'],
    ['Pause Episode e1', 'pause e1'],
    ['Resume Episode e2', 'resume e2'],
    ['Cancel Episode e2', 'remove e2'],
    ['Delete Episode e4', 'remove e4'],
    ['Keep Episode e4', 'keep e4'],
  ])('is said: %s', async (name, call) => {
    const element = await show();
    const said = new Promise((resolve) => element.addEventListener('announce', resolve));
    await button(name).click();
    expect(await said).toMatchObject({ text: failureText(failure) });
    expect(stage.downloads.calls).toEqual([call]);
  });

  it('is said of a move, in place of where the episode went', async () => {
    const element = await show();
    const said = new Promise((resolve) => element.addEventListener('announce', resolve));
    await button('Change order').click();
    await button('Move Episode e3 up').click();
    expect(await said).toMatchObject({ text: failureText(failure) });
    expect(page.getByText(/place \d of/).elements()).toEqual([]);
  });
});
