import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ImportCounts, ImportedFeed } from '../../core/model/feed-import.ts';
import { failureText } from '../failure-text.ts';
import { href } from '../router.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

type Kind = keyof ImportCounts;

const NAMES: Record<Kind, string> = {
  failed: 'Failed',
  added: 'Added',
  there: 'Already there',
  cancelled: 'Left out',
  waiting: 'Waiting',
};
const KINDS = Object.keys(NAMES) as Kind[];

/** The user wants to see the outcomes of this kind; `more` of those that are shown. */
export class OutcomesEvent extends Event {
  readonly kind: Kind;
  readonly more: boolean;

  constructor(kind: Kind, more: boolean) {
    super('outcomes', { bubbles: true, composed: true });
    this.kind = kind;
    this.more = more;
  }
}

/**
 * What became of each podcast of a list, one kind at a time.
 *
 * @fires {OutcomesEvent} outcomes
 */
@customElement('sa-import-outcomes')
export class ImportOutcomes extends LitElement {
  @property({ attribute: false }) counts!: ImportCounts;
  @property() kind: Kind = 'added';
  /** Of this kind, or of another one for a moment. */
  @property({ attribute: false }) rows: ImportedFeed[] = [];

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        margin-top: 20px;
      }
      .filters {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-bottom: 8px;
      }
      .filters .button {
        min-height: 40px;
        padding: 0 14px;
        border-radius: 20px;
        font-size: 0.875rem;
      }
      .filters .button[aria-pressed='true'] {
        background: var(--tint);
        color: var(--accent);
      }
      .filters span {
        font-weight: 500;
      }
      li {
        padding: 10px 0;
        border-top: 1px solid var(--line);
        line-height: 1.4;
        overflow-wrap: anywhere;
      }
      li:first-child {
        border: 0;
      }
      .name {
        display: block;
        font-weight: 600;
        unicode-bidi: isolate;
      }
      p {
        color: var(--quiet);
        font-size: 0.875rem;
      }
      .bad {
        margin-top: 2px;
        color: var(--alarm);
      }
      .more {
        display: flex;
        justify-content: center;
        margin-top: 12px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const rows = this.rows.filter(({ state }) => state.kind === this.kind);
    return html`<div class="filters" role="group" aria-label="Show">
        ${KINDS.filter((kind) => this.counts[kind] > 0).map(
          (kind) => html`<button
            type="button"
            class="button"
            aria-pressed=${this.kind === kind ? 'true' : 'false'}
            @click=${() => this.dispatchEvent(new OutcomesEvent(kind, false))}
          >
            ${NAMES[kind]} <span class="figures">${this.counts[kind].toLocaleString('en-GB')}</span>
          </button>`,
        )}
      </div>
      <ul role="list" aria-label=${NAMES[this.kind]}>
        ${repeat(rows, ({ address }) => address, renderRow)}
      </ul>
      ${
        rows.length > 0 && rows.length < this.counts[this.kind]
          ? html`<div class="more">
              <button
                type="button"
                class="button"
                @click=${() => this.dispatchEvent(new OutcomesEvent(this.kind, true))}
              >
                Show more
              </button>
            </div>`
          : nothing
      }`;
  }
}

function renderRow({ address, title, state }: ImportedFeed): TemplateResult {
  const name = title ?? address;
  return html`<li>
    ${
      'podcastId' in state
        ? html`<a class="name" href=${href({ page: 'podcast', id: state.podcastId })}>${name}</a>`
        : html`<span class="name">${name}</span>`
    }
    ${title ? html`<p>${address}</p>` : nothing}
    ${state.kind === 'failed' ? html`<p class="bad">${failureText(state.failure)}</p>` : nothing}
  </li>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-import-outcomes': ImportOutcomes;
  }
}
