import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { remainingWaitMs } from '../../../core/model/waiting.ts';
import { type OutboxView, outboxContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { base } from '../styles/base.ts';
import { laterStyles } from './later-styles.ts';
import { plain, timeOfDay } from './trace-words.ts';

const EMPTY = 'Empty. What has to reach a server stands here until it has.';

/** The rows of the outbox, as they stand. */
@customElement('sa-outbox-rows')
export class OutboxRows extends LitElement {
  /** Of the inspection: a lease is taken without a word to anybody, so rows are read again with each. */
  @property({ attribute: false }) changes = 0;
  private readonly outbox = new Live(this, outboxContext);
  private readonly entries = new LiveRows(this, {
    live: this.outbox,
    args: () => [this.changes] as const,
    read: (outbox, _changes) => outbox.entries(),
  });

  static override readonly styles = [base, laterStyles];

  protected override render(): TemplateResult {
    const { rows = [], error } = this.entries;
    if (error) return html`<p class="none">The rows cannot be read.</p>`;
    if (rows.length === 0) {
      return html`<p class="none">${EMPTY}</p>`;
    }
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Rows of the outbox">
      <ul role="list">
        ${repeat(rows, ({ sequence }) => sequence, renderEntry)}
      </ul>
    </div>`;
  }
}

function renderEntry(entry: OutboxView): TemplateResult {
  const { sequence, entity, epoch, mutation, about } = entry;
  const state = stateOf(entry);
  return html`<li>
    <p class="what">
      <strong>${mutation.kind} ${plain(about, 80)}</strong>
      <span class="state ${state === 'refused' ? 'failed' : ''}">${state}</span>
    </p>
    <dl class="figures">
      ${fact('Sequence', `${sequence}`)} ${fact('Attempts', `${epoch}`)}
      ${fact('Next', nextWords(entry))} ${fact('Last failure', failureCode(entry), 'wide')}
      ${fact('Entity', plain(entity, 80))}
    </dl>
  </li>`;
}

function stateOf({ state, leaseOwner }: OutboxView): string {
  return state === 'waiting' && leaseOwner !== undefined ? 'leased' : state;
}

function nextWords(entry: OutboxView): string {
  const { tries, state, leaseOwner } = entry;
  if (state === 'refused') return 'for you to decide';
  if (leaseOwner !== undefined) return 'being sent';
  const { retryAt } = tries;
  const isLater = retryAt !== undefined && remainingWaitMs(tries, Date.now()) > 0;
  return isLater ? `after ${timeOfDay(retryAt).slice(0, 8)}` : 'at the next wake-up';
}

function failureCode({ failure }: OutboxView): string {
  if (!failure) return 'none';
  return 'status' in failure ? `${failure.code} ${failure.status}` : failure.code;
}

function fact(name: string, value: string, look = ''): TemplateResult {
  return html`<div class=${look}><dt>${name}</dt><dd>${value}</dd></div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-outbox-rows': OutboxRows;
  }
}
