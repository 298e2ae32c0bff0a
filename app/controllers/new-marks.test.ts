import { html } from 'lit';
import { beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { PodcastId } from '../../core/model/ids.ts';
import { freshSubscription } from '../../core/model/subscription.ts';
import { violationsIn } from '../elements/testing/axe.ts';
import { aStage, mount } from '../elements/testing/mount.ts';
import { anEpisode, aPodcast } from '../elements/testing/rows.ts';
import '../elements/pages/episodes-page.ts';

let stage = aStage();
const p1 = 'p1' as PodcastId;
const row = (title: string) => page.getByRole('listitem').filter({ hasText: title });

beforeEach(() => {
  stage = aStage();
  stage.library.podcastRows = [aPodcast('p1')];
  stage.library.episodeRows = [
    anEpisode('fresh', { arrival: 2 }),
    anEpisode('looked-at', { arrival: 1 }),
    anEpisode('old'),
  ];
  arrived(2);
});

function arrived(arrivals: number, seen = 1): void {
  stage.library.subscriptionRows = [{ ...freshSubscription(p1), arrivals, seen }];
}

const show = () => mount(html`<sa-episodes-page></sa-episodes-page>`, 'sa-episodes-page', stage);

it('marks what has come since somebody looked, in words as well', async () => {
  const element = await show();
  await expect.element(row('Episode fresh').getByText('New.')).toBeInTheDocument();
  expect(page.getByText('New.').elements()).toHaveLength(1);
  expect(stage.library.calls).toEqual(['seen all']);
  expect(await violationsIn(element)).toEqual([]);
});

it('keeps its marks for as long as it is open, and marks what comes meanwhile', async () => {
  await show();
  await expect.element(row('Episode fresh').getByText('New.')).toBeInTheDocument();
  stage.library.episodeRows = [anEpisode('freshest', { arrival: 3 }), ...stage.library.episodeRows];
  arrived(3, 2);
  stage.library.changed();
  await expect.element(row('Episode freshest').getByText('New.')).toBeInTheDocument();
  expect(page.getByText('New.').elements()).toHaveLength(2);
  expect(stage.library.calls).toEqual(['seen all', 'seen all']);
});

it('asks for nothing when there is nothing new', async () => {
  arrived(2, 2);
  await show();
  await expect.element(row('Episode fresh')).toBeVisible();
  expect(page.getByText('New.').elements()).toHaveLength(0);
  expect(stage.library.calls).toEqual([]);
});
