import { html } from 'lit';
import { page } from 'vitest/browser';
import type { DirectoryResult, DirectorySearch } from '../../../core/model/directory-search.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import { aStage, mount } from './mount.ts';
import { anEpisode, aPodcast } from './rows.ts';
import '../pages/search-page.ts';

export let stage = aStage();

/** Call before each test. */
export function begin(): void {
  location.hash = '#/search';
  stage = aStage();
  stage.search.here = [aPodcast('p1', { title: 'Night Ferry' })];
  stage.search.episodes = Array.from({ length: 50 }, (_, n) => anEpisode(`e${n}`));
}

export const show = () => mount(html`<sa-search-page></sa-search-page>`, 'sa-search-page', stage);
export const field = page.getByRole('searchbox', { name: 'Podcasts, episodes and show notes' });
export const here = page.getByRole('region', { name: 'In your library' });
export const everywhere = page.getByRole('region', { name: 'All podcasts' });
export const titles = () =>
  here
    .getByRole('listitem')
    .elements()
    .flatMap((item) => item.querySelector('sa-episode-row')?.episode?.title ?? []);

export function aResult(id: string, more: Partial<DirectoryResult> = {}): DirectoryResult {
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

export function answerWith(words: string, more: Partial<DirectorySearch>): void {
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
