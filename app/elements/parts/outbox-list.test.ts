import { html } from 'lit';
import { beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { succeeded } from '../../../core/model/failure.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import { failureText } from '../../failure-text.ts';
import { violationsIn } from '../testing/axe.ts';
import { focusedName } from '../testing/focus.ts';
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

  it.each(['Retry', 'Discard'])('says where it could not be done: %s', async (verb) => {
    const failure = { code: 'outdated' } as const;
    stage.outbox.answer = { ok: false, failure };
    stage.outbox.rows = [anOutboxEntry(1, { state: 'refused', failure: { code: 'feed-broken' } })];
    const list = await show();
    const said = new Promise((resolve) => list.addEventListener('announce', resolve));
    await page.getByRole('button', { name: `${verb}: Subscribe to host-1.example` }).click();
    expect(await said).toMatchObject({ text: failureText(failure) });
  });

  it('takes the keyboard to the next entry when one goes, and says what was done', async () => {
    const refused = { state: 'refused', failure: { code: 'feed-broken' } } as const;
    const waiting = () => stage.outbox.rows.filter(({ state }) => state === 'waiting');
    stage.outbox.rows = [anOutboxEntry(1, refused), anOutboxEntry(2, refused), anOutboxEntry(3)];
    stage.outbox.discard = async (sequence) => {
      stage.outbox.rows = stage.outbox.rows.filter((row) => row.sequence !== sequence);
      stage.outbox.changed();
      return succeeded(undefined);
    };
    stage.outbox.retry = async () => {
      stage.outbox.rows = [anOutboxEntry(2), ...waiting()];
      stage.outbox.changed();
      return succeeded(undefined);
    };
    const list = await show();
    const button = (name: string) => page.getByRole('button', { name });
    await button('Discard: Subscribe to host-1').click();
    await expect.poll(focusedName).toMatch(/^Subscribe to host-2/);
    const status = page.getByRole('status');
    await expect.element(status).toHaveTextContent('Discarded: Subscribe to host-1.example.');
    expect(await violationsIn(list)).toEqual([]);
    await button('Retry: Subscribe to host-2').click();
    await expect.poll(focusedName).toMatch(/^Subscribe to host-2.*Asked for/s);
    await expect.element(status).toHaveTextContent('Trying again: Subscribe to host-2.example.');
    await button('Discard: Subscribe to host-2').click();
    await expect.poll(focusedName).toMatch(/^Subscribe to host-3/);
    await button('Discard: Subscribe to host-3').click();
    await expect.poll(focusedName).toBe('Discarded: Subscribe to host-3.example.');
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
