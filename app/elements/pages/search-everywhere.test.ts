import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { failed, succeeded } from '../../../core/model/failure.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import { violationsIn } from '../testing/axe.ts';
import { anOutboxEntry, aPodcast } from '../testing/rows.ts';
import './search-page.ts';
import {
  answerWith,
  aResult,
  begin,
  everywhere,
  field,
  show,
  stage,
} from '../testing/search-page.ts';

beforeEach(begin);

afterEach(() => {
  location.hash = '';
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
