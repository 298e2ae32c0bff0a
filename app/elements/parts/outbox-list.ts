import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Failure } from '../../../core/model/failure.ts';
import type { Mutation } from '../../../core/model/outbox.ts';
import { type OutboxView, outboxContext, statusContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { failureText } from '../../failure-text.ts';
import { moment } from '../figures.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';

const VERBS: Record<Mutation['kind'], string> = {
  subscribe: 'Subscribe to',
  refresh: 'Refresh',
  search: 'Search for',
};

/** What was asked for without a network: waiting, or refused and for the person to decide. */
@customElement('sa-outbox-list')
export class OutboxList extends LitElement {
  private readonly outbox = new Live(this, outboxContext);
  private readonly status = new Live(this, statusContext);
  private readonly entries = new LiveRows(this, {
    live: this.outbox,
    args: () => [],
    read: (outbox) => outbox.entries(),
  });

  static override readonly styles = [
    base,
    controls,
    css`
      section {
        max-width: 640px;
        margin-top: 32px;
      }
      h2 {
        margin-bottom: 8px;
        font-size: 1rem;
      }
      ul {
        overflow: hidden;
        border-radius: 16px;
        background: var(--surface);
        box-shadow: var(--edge);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 12px;
        padding: 12px 16px;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      p {
        flex: 1 1 200px;
        min-width: 0;
        overflow-wrap: anywhere;
        font-weight: 600;
        font-size: 0.9375rem;
      }
      span {
        display: block;
        color: var(--quiet);
        font-weight: 400;
        font-size: 0.875rem;
        line-height: 1.45;
      }
      .alarm {
        color: var(--alarm);
      }
      .actions {
        display: flex;
        gap: 8px;
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const entries = this.entries.rows ?? [];
    const refused = entries.filter(({ state }) => state === 'refused');
    const waiting = entries.filter(({ state }) => state === 'waiting');
    return html`${this.renderGroup('Needs you', refused)}
    ${this.renderGroup(this.status.service.online ? 'Under way' : 'Waiting for network', waiting)}`;
  }

  private renderGroup(heading: string, entries: OutboxView[]): TemplateResult | typeof nothing {
    if (entries.length === 0) return nothing;
    return html`<section aria-label=${heading}>
      <h2>${heading}</h2>
      <ul role="list">
        ${repeat(
          entries,
          ({ sequence }) => sequence,
          (entry) => this.renderEntry(entry),
        )}
      </ul>
    </section>`;
  }

  private renderEntry(entry: OutboxView): TemplateResult {
    const { sequence, state, mutation, about, acceptedAt, failure } = entry;
    const what = `${VERBS[mutation.kind]} ${about}`;
    const isRefused = state === 'refused';
    const tried = failure && failure.code !== 'offline';
    return html`<li>
      <p>
        ${what}
        <span class=${isRefused ? 'alarm' : nothing}>
          ${tried ? whyWords(failure, isRefused) : `Asked for ${moment(acceptedAt)}.`}
        </span>
      </p>
      <div class="actions">
        ${
          isRefused
            ? html`<button
                type="button"
                class="button"
                aria-label="Retry: ${what}"
                @click=${() => this.outbox.service.retry(sequence)}
              >
                Retry
              </button>`
            : nothing
        }
        <button
          type="button"
          class="button plain"
          aria-label="Discard: ${what}"
          @click=${() => this.outbox.service.discard(sequence)}
        >
          Discard
        </button>
      </div>
    </li>`;
  }
}

/** What a person could do about it stands there only where it is for them to do. */
function whyWords(failure: Failure, isRefused: boolean): string {
  const words = failureText(failure);
  return isRefused ? words : `${words.replace(/\. .*/, '.')} Stowaway tries again by itself.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-outbox-list': OutboxList;
  }
}
