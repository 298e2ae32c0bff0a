import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { StoredEpisode } from '../../../core/model/retention.ts';
import { bytes } from '../figures.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';

/** As many are named; a longer list is not read. */
const NAMED = 5;

export type Going = readonly (StoredEpisode & { title: string })[];

/** Somebody has seen what would go, and says yes or no. */
export class RetentionAnswerEvent extends Event {
  readonly agreed: boolean;

  constructor(agreed: boolean) {
    super('answer');
    this.agreed = agreed;
  }
}

/**
 * What a rule would delete at once, before it is kept.
 *
 * @fires {RetentionAnswerEvent} answer
 */
@customElement('sa-retention-question')
export class RetentionQuestion extends LitElement {
  @property({ attribute: false }) going: Going = [];
  @query('h3') private heading!: HTMLElement;

  static override readonly styles = [
    base,
    controls,
    css`
      .preview {
        margin-top: 16px;
        padding: 16px;
        border-radius: 16px;
        background: var(--alarm-tint);
      }
      h3 {
        font-size: 1rem;
        line-height: 1.35;
      }
      h3:focus {
        outline: none;
      }
      ul {
        margin: 8px 0 14px;
      }
      li {
        display: flex;
        justify-content: space-between;
        gap: 16px;
        padding: 3px 0;
        font-size: 0.9375rem;
      }
      li span:first-child {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      li .figures {
        flex: none;
        color: var(--quiet);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
    `,
  ];

  /** Another question is asked from its beginning. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('going')) this.heading.focus();
  }

  protected override render(): TemplateResult {
    const { going } = this;
    const sizeBytes = going.reduce((sum, episode) => sum + episode.sizeBytes, 0);
    const count = `${going.length} ${going.length === 1 ? 'episode' : 'episodes'}`;
    const more = going.length - NAMED;
    return html`<div class="preview" role="group" aria-labelledby="would-go">
      <h3 id="would-go" tabindex="-1">This deletes ${count} now, ${bytes(sizeBytes)}</h3>
      <ul role="list">
        ${going.slice(0, NAMED).map(
          (episode) => html`<li>
            <span>${episode.title}</span>
            <span class="figures">${bytes(episode.sizeBytes)}</span>
          </li>`,
        )}
        ${more > 0 ? html`<li><span>and ${more} more</span></li>` : nothing}
      </ul>
      <div class="actions">
        <button type="button" class="button alarm" @click=${() => this.answer(true)}>
          Delete ${count}
        </button>
        <button type="button" class="button" @click=${() => this.answer(false)}>
          Leave it as it was
        </button>
      </div>
    </div>`;
  }

  private answer(agreed: boolean): void {
    this.dispatchEvent(new RetentionAnswerEvent(agreed));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-retention-question': RetentionQuestion;
  }
}
