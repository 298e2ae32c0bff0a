import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DirectoryResult, DirectorySearch } from '../../../core/model/directory-search.ts';
import { failed, succeeded } from '../../../core/model/failure.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import { anEpisode, anOutboxEntry, aPodcast } from '../testing/rows.ts';
import './search-page.ts';

let stage = aStage();

beforeEach(() => {
  location.hash = '#/search';
  stage = aStage();
  stage.search.here = [aPodcast('p1', { title: 'Night Ferry' })];
  stage.search.episodes = Array.from({ length: 50 }, (_, n) => anEpisode(`e${n}`));
});

afterEach(() => {
  location.hash = '';
});

const show = () => mount(html`<sa-search-page></sa-search-page>`, 'sa-search-page', stage);
const field = page.getByRole('searchbox', { name: 'Podcasts, episodes and show notes' });
const here = page.getByRole('region', { name: 'In your library' });
const everywhere = page.getByRole('region', { name: 'All podcasts' });
const titles = () =>
  here
    .getByRole('listitem')
    .elements()
    .flatMap((item) => item.querySelector('sa-episode-row')?.episode?.title ?? []);

function aResult(id: string, more: Partial<DirectoryResult> = {}): DirectoryResult {
  return {
    id: id as PodcastId,
    title: `Found ${id}`,
    author: 'Ada Example',
    feedUrl: `https://example.org/${id}.xml`,
    imageUrl: undefined,
    description: 'About things.',
    episodeCount: 1,
    subscribedAs: undefined,
    ...more,
  };
}

function answerWith(words: string, more: Partial<DirectorySearch>): void {
  const answer = {
    query: words,
    askedAt: 1,
    answeredAt: Date.now(),
    results: [],
    failure: undefined,
  };
  stage.search.answers.set(words, { ...answer, ...more });
  stage.search.changed();
}

describe('what is here', () => {
  it('is found as one types, and said when typing rests', async () => {
    const element = await show();
    await expect.element(page.getByText('Find something to listen to')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
    await field.fill('episode e4');
    await expect.element(here.getByText('11 episodes', { exact: true })).toBeVisible();
    expect(titles()).toHaveLength(5);
    await field.fill('ferry');
    await expect.element(here.getByRole('link', { name: /Night Ferry/ })).toBeVisible();
    await expect.element(page.getByText('In your library: 1 podcast.')).toBeInTheDocument();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('comes in portions', async () => {
    await show();
    await field.fill('episode');
    await expect.element(here.getByText('50 episodes', { exact: true })).toBeVisible();
    expect(titles()).toHaveLength(5);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(titles).toHaveLength(25);
    await field.fill('episode e');
    await expect.poll(titles).toHaveLength(5);
  });

  it('says when there is nothing, and when there may be more', async () => {
    const element = await show();
    await field.fill('nothing like it');
    await expect.element(here.getByText(/Nothing here has “nothing like it”/)).toBeVisible();
    stage.search.reading = true;
    stage.search.changed();
    await expect.element(here.getByText(/still being read/)).toBeVisible();
    await field.fill('ferry');
    await expect.element(here.getByText('1 podcast so far', { exact: true })).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('stays in the address, and is there again', async () => {
    await show();
    await field.fill('night ferry');
    await userEvent.keyboard('{Tab}');
    expect(location.hash).toBe('#/search/night%20ferry');
    const again = await show();
    await expect.element(field).toHaveValue('night ferry');
    location.hash = '#/search';
    await expect.element(field).toHaveValue('');
    expect(await violationsIn(again)).toEqual([]);
  });

  it('lets go of the library when the page is left', async () => {
    const element = await show();
    element.remove();
    await expect.poll(() => stage.search.calls).toEqual(['open', 'close']);
  });

  it('is opened anew where the rows could not be read', async () => {
    stage.search.ready = Promise.reject(new Error('storage'));
    stage.search.ready.catch(() => undefined);
    const element = await show();
    await field.fill('ferry');
    await expect.element(page.getByText('Your library does not answer')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
    stage.search.ready = Promise.resolve();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(here.getByRole('link', { name: /Night Ferry/ })).toBeVisible();
    expect(stage.search.calls).toEqual(['open', 'close', 'open']);
  });

  it('says so where the code of it does not come, and tries again', async () => {
    stage.search.opened = Promise.reject(new Error('no network'));
    await show();
    await expect.element(page.getByText('Your library does not answer')).toBeVisible();
    stage.search.opened = Promise.resolve();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(field).toBeVisible();
  });
});

describe('all podcasts', () => {
  it('are asked for at once by Enter, and after a pause by itself, once', async () => {
    const element = await show();
    await field.fill('ferry');
    await expect.element(everywhere.getByText(/Press Enter/)).toBeVisible();
    expect(stage.search.calls).toEqual(['open']);
    let end = () => {};
    stage.search.asked = new Promise((resolve) => {
      end = resolve;
    });
    await userEvent.keyboard('{Enter}');
    await expect.element(everywhere.getByText('Searching…')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
    answerWith('ferry', { results: [aResult('a'), aResult('b', { episodeCount: 1234 })] });
    end();
    await expect.element(everywhere.getByText('Found b')).toBeVisible();
    await expect.element(everywhere.getByText(/1,234 episodes/)).toBeVisible();
    await expect.element(page.getByText('In the directory: 2 podcasts.')).toBeInTheDocument();
    expect(await violationsIn(element)).toEqual([]);
    await field.fill('ferry b');
    await expect.poll(() => stage.search.calls).toEqual(['open', 'ask ferry', 'ask ferry b']);
  });

  it('are subscribed to from the list, which then leads to them', async () => {
    const element = await show();
    answerWith('ferry', { results: [aResult('a'), aResult('b')] });
    let end = (_: ReturnType<typeof succeeded<PodcastId>>) => {};
    stage.library.subscribed = new Promise((resolve) => {
      end = resolve;
    });
    await field.fill('ferry');
    await everywhere.getByRole('button', { name: 'Subscribe to Found b' }).click();
    const busy = everywhere.getByRole('button', { name: 'Subscribing… to Found b' });
    await expect.element(busy).toHaveAttribute('aria-disabled', 'true');
    expect(stage.library.calls).toEqual(['subscribeFound ferry b']);
    stage.library.podcastRows = [aPodcast('moved')];
    answerWith('ferry', {
      results: [aResult('a'), aResult('b', { subscribedAs: 'moved' as PodcastId })],
    });
    end(succeeded('moved' as PodcastId));
    const done = everywhere.getByRole('button', { name: 'Subscribed to Found b' });
    await expect.element(done).toBeVisible();
    expect(element.shadowRoot?.activeElement).not.toBeNull();
    const link = everywhere.getByRole('link', { name: 'Found b' });
    await expect.element(link).toHaveAttribute('href', '#/podcast/moved');
    await expect.element(page.getByText('Subscribed to Found b.')).toBeInTheDocument();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('that are in the library say so, under whichever address', async () => {
    stage.library.podcastRows = [
      aPodcast('here', { feedUrl: 'https://example.org/a.xml' }),
      aPodcast('b'),
    ];
    answerWith('ferry', { results: [aResult('a'), aResult('b'), aResult('c')] });
    await show();
    await field.fill('ferry');
    await expect
      .element(everywhere.getByRole('button', { name: 'Subscribe to Found c' }))
      .toBeVisible();
    for (const name of ['Subscribed to Found a', 'Subscribed to Found b']) {
      await expect.element(everywhere.getByRole('button', { name })).toBeVisible();
    }
  });

  it('say why one could not be subscribed to', async () => {
    const element = await show();
    answerWith('ferry', { results: [aResult('a')] });
    stage.library.subscribed = Promise.resolve(failed({ code: 'feed-unreachable' }));
    await field.fill('ferry');
    await everywhere.getByRole('button', { name: 'Subscribe to Found a' }).click();
    const alert = everywhere.getByRole('alert').filter({ hasText: 'cannot be reached' });
    await expect.element(alert).toBeVisible();
    await expect
      .element(everywhere.getByRole('button', { name: 'Subscribe to Found a' }))
      .toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('say when nothing was found, and why nothing was', async () => {
    const element = await show();
    answerWith('xyz', {});
    await field.fill('xyz');
    await expect.element(everywhere.getByText(/No podcast was found for “xyz”/)).toBeVisible();
    answerWith('xyz', { answeredAt: undefined, failure: { code: 'search-unavailable' } });
    await expect.element(everywhere.getByText(/does not answer just now/).first()).toBeVisible();
    await everywhere.getByRole('button', { name: 'Try again' }).click();
    expect(stage.search.calls).toContain('ask xyz');
    expect(await violationsIn(element)).toEqual([]);
  });

  it('without a connection are kept when a person asks, and can be told of', async () => {
    stage.status.online = false;
    const element = await show();
    await field.fill('ferry');
    stage.outbox.rows = [
      anOutboxEntry(1, { mutation: { kind: 'search', query: 'ferry' }, about: '“ferry”' }),
    ];
    stage.outbox.changed();
    await expect.element(everywhere.getByText(/Waiting for network. All podcasts/)).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
    await everywhere.getByRole('button', { name: 'Tell me when it is answered' }).click();
    await expect.element(everywhere.getByText(/with a notification if nobody looks/)).toBeVisible();
    expect(stage.settings.calls).toEqual(['askToNotify']);
  });

  it('without a connection say so, show what was found before, and ask when it is back', async () => {
    stage.status.online = false;
    const element = await show();
    await field.fill('ferry');
    await expect.element(everywhere.getByText(/There is no connection/)).toBeVisible();
    answerWith('ferry', { answeredAt: Date.UTC(2026, 9, 12), results: [aResult('a')] });
    await expect.element(everywhere.getByText('Found a')).toBeVisible();
    await expect.element(everywhere.getByText(/This was found on/)).toBeVisible();
    expect(stage.search.calls).toEqual(['open']);
    expect(await violationsIn(element)).toEqual([]);
    stage.status.online = true;
    stage.status.changed();
    await expect.poll(() => stage.search.calls).toEqual(['open', 'ask ferry']);
  });
});
