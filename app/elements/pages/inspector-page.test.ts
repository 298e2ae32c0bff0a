import { html } from 'lit';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { TechniqueView } from '../../inspection-view.ts';
import { violationsIn } from '../testing/axe.ts';
import { aShownTrace } from '../testing/inspector.ts';
import { aStage, mount } from '../testing/mount.ts';
import { aDownload, anOutboxEntry } from '../testing/rows.ts';
import './inspector-page.ts';

let stage = aStage();

beforeEach(async () => {
  await page.viewport(390, 844);
  stage = aStage();
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const show = () => mount(html`<sa-inspector-page></sa-inspector-page>`, 'sa-inspector-page', stage);

function aTechnique(name: string, more: Partial<TechniqueView> = {}): TechniqueView {
  return {
    name,
    title: `Do ${name}`,
    explanation: `What ${name} is.`,
    docs: name,
    code: `async function run() {\n  // the code of ${name}\n  return 'done';\n}`,
    missing: undefined,
    run: async () => 'It is done.',
    ...more,
  };
}

describe('the inspector', () => {
  it('shows what is said, who is at work, and what was dropped', async () => {
    const { inspection } = stage.inspector;
    const element = await show();
    await expect.element(page.getByText('No worker heard of yet')).toBeVisible();
    inspection.shown = [aShownTrace(1), aShownTrace(2, { type: 'download/start' })];
    inspection.held = 5;
    inspection.worker = { lifeId: 'abcdefghij', build: '1.2.3', ended: false };
    inspection.dropped = { worker: { ports: 2, stranger: 1 }, page: {} };
    inspection.changed();
    await button('List').click();
    await expect.element(page.getByText('download/start')).toBeVisible();
    await expect.element(page.getByText('Worker 1.2.3, life abcdef')).toBeVisible();
    await expect.element(page.getByText('2 of 5 shown')).toBeVisible();
    await expect
      .element(page.getByText('3 dropped by the worker (ports × 2, stranger × 1)'))
      .toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
    inspection.worker = { ...inspection.worker, ended: true };
    inspection.changed();
    await expect.element(page.getByText('life abcdef, ended')).toBeVisible();
  });

  it('records while it is in the document, and only then', async () => {
    const element = await show();
    await expect.element(button('Pause')).toBeVisible();
    element.remove();
    expect(stage.inspector.inspection.calls).toEqual(['open', 'close']);
  });

  it('closes what opens after the page was left', async () => {
    let arrive = () => {};
    stage.inspector.ready = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const element = await show();
    element.remove();
    arrive();
    await vi.waitFor(() => expect(stage.inspector.inspection.calls).toEqual(['open', 'close']));
  });

  it('says so when its code does not arrive', async () => {
    stage.inspector.ready = Promise.reject(new Error('offline'));
    const element = await show();
    await expect.element(page.getByText('Nothing is recorded')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('pauses, clears and filters', async () => {
    const { inspection } = stage.inspector;
    const element = await show();
    await button('Pause').click();
    inspection.waiting = 4;
    inspection.changed();
    await expect.element(page.getByText('paused, 4 more since')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
    await button('Go on').click();
    await button('Clear').click();
    await button('Streams').click();
    await expect.element(button('Streams')).toHaveAttribute('aria-pressed', 'false');
    expect([...inspection.filter.hidden]).toEqual(['stream']);
    await button('Streams').click();
    expect([...inspection.filter.hidden]).toEqual([]);
    await page
      .getByRole('group', { name: 'Seen by' })
      .getByRole('button', { name: 'Page' })
      .click();
    expect(inspection.filter.seenBy).toBe('page');
    await page.getByRole('searchbox', { name: 'Filter by words' }).fill('version');
    expect(inspection.filter.text).toBe('version');
    expect(inspection.calls.slice(0, 4)).toEqual(['open', 'pause', 'resume', 'clear']);
  });

  it('shows every row of the outbox, and how it stands', async () => {
    const retryAt = Date.now() + 60_000;
    const tries = { retries: 2, failuresAt: [], retryAt, waitsSince: Date.now() };
    stage.outbox.rows = [
      anOutboxEntry(7, { epoch: 3, tries, failure: { code: 'feed-http-status', status: 503 } }),
      anOutboxEntry(8, { state: 'refused', failure: { code: 'feed-denied', status: 401 } }),
      anOutboxEntry(9, { leaseOwner: 'a-life' }),
    ];
    const element = await show();
    const rows = page.getByRole('region', { name: 'Rows of the outbox' }).getByRole('listitem');
    const row = (sequence: number) => rows.filter({ hasText: `host-${sequence}.example` });
    await expect
      .element(row(7))
      .toHaveTextContent(
        /subscribe host-7.example waiting Sequence7 Attempts3 Nextafter [\d:]{8} Last failurefeed-http-status 503 Entityp7/,
      );
    await expect.element(row(8)).toHaveTextContent(/refused .* Nextfor you to decide/);
    await expect.element(row(9)).toHaveTextContent(/leased .* Nextbeing sent/);
    expect(await violationsIn(element)).toEqual([]);
    stage.outbox.rows = [];
    stage.outbox.changed();
    await expect.element(page.getByText(/^Empty\./)).toBeVisible();
  });

  it('shows what woke the worker, rows and what left none, and what it led to', async () => {
    const { inspection } = stage.inspector;
    const at = Date.now();
    const outbox = { sent: 1, refused: 0, left: 2 };
    stage.wakeUps.rows = [
      { at, by: 'sync', tag: 'outbox', lastChance: true, outcome: 'left', outbox },
      { at: at - 5_000, by: 'periodicsync', tag: 'podcasts', lastChance: false, outcome: 'begun' },
    ];
    inspection.wakeUps = [
      { at: at + 1_000, by: 'online', ledTo: undefined },
      { at: at - 9_000, by: 'page-open', ledTo: 'nothing to send' },
    ];
    const element = await show();
    const list = page.getByRole('region', { name: 'List of wake-ups' });
    await expect.element(list.getByText('A page is online again')).toBeVisible();
    const lines = list.getByRole('listitem').elements();
    const words = lines.map((line) => line.textContent?.replace(/\s+/g, ' ').trim().slice(9));
    expect(words).toEqual([
      'A page is online again under way, or cut short',
      'Background Sync (outbox, the last call) something is left: 1 sent, 2 left',
      'Periodic Background Sync (podcasts) under way, or cut short',
      'A page was opened nothing to send',
    ]);
    expect(await violationsIn(element)).toEqual([]);
  });

  it('has what is so behind a summary', async () => {
    stage.status.online = false;
    stage.downloads.show(aDownload('e1', { kind: 'paused', reason: 'network' }, { position: 3 }));
    const element = await show();
    await page.getByText('How things stand').click();
    await expect.element(page.getByText('offline')).toBeVisible();
    await expect.element(page.getByRole('cell', { name: 'paused: network' })).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
    stage.downloads.show();
    await expect.element(page.getByText('None.')).toBeVisible();
  });
});

describe('a technique', () => {
  it('runs, and says what came of it', async () => {
    stage.inspector.inspection.techniques = [aTechnique('asking')];
    const element = await show();
    await button('Run: Do asking').click();
    await expect.element(page.getByText('It is done.')).toBeVisible();
    expect(await violationsIn(element)).toEqual([]);
  });

  it('shows its code, one at a time', async () => {
    stage.inspector.inspection.techniques = [aTechnique('one'), aTechnique('two')];
    const element = await show();
    await button(/^Do one/).click();
    await expect.element(page.getByRole('region', { name: 'Code of Do one' })).toBeVisible();
    expect(element.shadowRoot?.textContent).toBeDefined();
    await button(/^Do two/).click();
    const code = page.getByRole('region', { name: /^Code of/ });
    await expect.element(code).toHaveTextContent("// the code of two return 'done';");
    expect(code.elements()).toHaveLength(1);
    expect(await violationsIn(element)).toEqual([]);
  });

  it('can be stopped while it runs', async () => {
    const run = (stop: AbortSignal) =>
      new Promise<string>((_, reject) => {
        stop.addEventListener('abort', () => reject(stop.reason));
      });
    stage.inspector.inspection.techniques = [aTechnique('waiting', { run })];
    await show();
    await button('Run: Do waiting').click();
    await button('Stop: Do waiting').click();
    await expect.element(page.getByText('Stopped.')).toBeVisible();
    await expect.element(button('Run: Do waiting')).toBeVisible();
  });

  it('that throws says what', async () => {
    const run = () => Promise.reject(new DOMException('not here', 'NotAllowedError'));
    stage.inspector.inspection.techniques = [aTechnique('failing', { run })];
    await show();
    await button('Run: Do failing').click();
    await expect.element(page.getByText('NotAllowedError: not here')).toBeVisible();
  });

  it('that this browser lacks says so, and does not run', async () => {
    const run = vi.fn(async () => 'never');
    const missing = 'This browser has no such thing.';
    stage.inspector.inspection.techniques = [aTechnique('lacking', { run, missing })];
    const element = await show();
    await expect.element(button('Run: Do lacking')).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByText(missing)).toBeVisible();
    await button('Run: Do lacking').click({ force: true });
    expect(run).not.toHaveBeenCalled();
    expect(await violationsIn(element)).toEqual([]);
  });
});
