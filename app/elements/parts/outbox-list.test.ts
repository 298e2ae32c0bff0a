import { html } from 'lit';
import { beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { PodcastId } from '../../../core/model/ids.ts';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import { anOutboxEntry } from '../testing/rows.ts';
import './outbox-list.ts';

let stage = aStage();
const show = () => mount(html`<sa-outbox-list></sa-outbox-list>`, 'sa-outbox-list', stage);

beforeEach(() => {
  stage = aStage();
});

describe('<sa-outbox-list>', () => {
  it('is nothing where nothing waits', async () => {
    const list = await show();
    expect(list.shadowRoot?.textContent?.trim()).toBe('');
  });

  it('says what waits for a network, and lets one be rid of it', async () => {
    stage.status.online = false;
    stage.outbox.rows = [
      anOutboxEntry(1),
      anOutboxEntry(2, {
        mutation: { kind: 'refresh', podcastId: 'p2' as PodcastId },
        about: 'Waves',
      }),
    ];
    const list = await show();
    await expect.element(page.getByRole('region', { name: 'Waiting for network' })).toBeVisible();
    await expect.element(page.getByText('Subscribe to host-1.example')).toBeVisible();
    await expect.element(page.getByText('Refresh Waves')).toBeVisible();
    expect(page.getByRole('button', { name: /Retry/ }).elements()).toHaveLength(0);
    expect(await violationsIn(list)).toEqual([]);
    await page.getByRole('button', { name: 'Discard: Refresh Waves' }).click();
    expect(stage.outbox.calls).toEqual(['discard 2']);
  });

  it('asks the person where trying again would not help, and says why', async () => {
    stage.outbox.rows = [
      anOutboxEntry(1, { state: 'refused', failure: { code: 'feed-not-found', status: 410 } }),
      anOutboxEntry(2, { failure: { code: 'gateway-unreachable' } }),
    ];
    const list = await show();
    const needsYou = page.getByRole('region', { name: 'Needs you' });
    await expect
      .element(needsYou.getByText(/no podcast at that address \(error 410\)/))
      .toBeVisible();
    await expect
      .element(
        page.getByText('The Stowaway server does not answer. Stowaway tries again by itself.'),
      )
      .toBeVisible();
    expect(await violationsIn(list)).toEqual([]);
    await page.getByRole('button', { name: 'Retry: Subscribe to host-1.example' }).click();
    expect(stage.outbox.calls).toEqual(['retry 1']);
  });

  it('follows the rows', async () => {
    stage.outbox.rows = [anOutboxEntry(1)];
    await show();
    await expect.element(page.getByText(/host-1/)).toBeVisible();
    stage.outbox.rows = [];
    stage.outbox.changed();
    await expect.element(page.getByText(/host-1/)).not.toBeInTheDocument();
  });
});
