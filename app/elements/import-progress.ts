import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ImportCounts } from '../../core/model/feed-import.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

type Wish = 'cancel-import' | 'resume-import' | 'clear-import';

/**
 * How far an import is, and what can be done about it.
 *
 * @fires {Event} cancel-import
 * @fires {Event} resume-import
 * @fires {Event} clear-import
 */
@customElement('sa-import-progress')
export class ImportProgress extends LitElement {
  @property({ attribute: false }) counts!: ImportCounts;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .words {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 2px 16px;
      }
      strong {
        font-size: 1.1875rem;
        font-weight: 700;
        letter-spacing: -0.012em;
      }
      .bar {
        height: 8px;
        margin-top: 12px;
        overflow: hidden;
        border-radius: 4px;
        background: var(--sunken);
      }
      .done {
        height: 100%;
        border-radius: 4px;
        background: var(--accent);
        transform: translateX(calc((var(--done, 0) - 1) * 100%));
        transition: transform 0.4s linear;
      }
      .note {
        margin-top: 10px;
        font-size: 0.875rem;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 16px;
      }
    `,
  ];

  private get all(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  private get settled(): number {
    return this.all - this.counts.waiting - this.counts.cancelled;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('counts')) this.style.setProperty('--done', String(this.settled / this.all));
  }

  protected override render(): TemplateResult {
    const { waiting, cancelled } = this.counts;
    const heading = waiting > 0 ? 'Importing' : cancelled > 0 ? 'Cancelled' : 'Imported';
    const isWhole = waiting === 0 && cancelled === 0;
    return html`<div class="words">
        <strong role="status">${heading}</strong>
        <span class="quiet figures">${number(this.settled)} of ${number(this.all)} podcasts</span>
      </div>
      ${isWhole ? nothing : this.renderBar()} ${this.renderNote()}
      <div class="actions">${this.renderActions()}</div>`;
  }

  private renderBar(): TemplateResult {
    return html`<div
      class="bar"
      role="progressbar"
      aria-label="Import"
      aria-valuemin="0"
      aria-valuemax=${this.all}
      aria-valuenow=${this.settled}
      aria-valuetext="${number(this.settled)} of ${number(this.all)} podcasts"
    >
      <div class="done"></div>
    </div>`;
  }

  private renderNote(): TemplateResult | typeof nothing {
    const { waiting, cancelled } = this.counts;
    const text =
      waiting > 0
        ? 'You can go on using the app. Close it, and the import goes on the next time.'
        : cancelled > 0
          ? `${number(cancelled)} ${cancelled === 1 ? 'podcast was' : 'podcasts were'} left out.`
          : '';
    return text ? html`<p class="note quiet">${text}</p>` : nothing;
  }

  private renderActions(): TemplateResult {
    const { waiting, cancelled, failed } = this.counts;
    if (waiting > 0) return this.button('Cancel', 'cancel-import');
    const resume = this.button('Resume', 'resume-import', 'primary');
    const retry = this.button('Try the failed ones again', 'resume-import');
    return html`${cancelled > 0 ? resume : failed > 0 ? retry : nothing}
    ${this.button('Clear this list', 'clear-import')}`;
  }

  private button(words: string, wish: Wish, look = ''): TemplateResult {
    return html`<button
      type="button"
      class="button ${look}"
      @click=${() => this.dispatchEvent(new Event(wish))}
    >
      ${words}
    </button>`;
  }
}

function number(count: number): string {
  return count.toLocaleString('en-GB');
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-import-progress': ImportProgress;
  }
}
