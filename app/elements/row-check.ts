import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Episode } from '../../core/model/episode.ts';
import { base } from './styles/base.ts';

/** An episode was taken into the selection, or out of it. */
export class RowCheckEvent extends Event {
  readonly episode: Episode;
  readonly checked: boolean;

  constructor(episode: Episode, checked: boolean) {
    super('row-check', { bubbles: true, composed: true });
    this.episode = episode;
    this.checked = checked;
  }
}

/**
 * The checkbox in front of an episode that can be selected.
 *
 * @fires {RowCheckEvent} row-check
 */
@customElement('sa-row-check')
export class RowCheck extends LitElement {
  @property({ attribute: false }) episode: Episode | undefined;
  @property({ type: Boolean }) checked = false;

  static override readonly styles = [
    base,
    css`
      :host {
        display: block;
      }
      /* The label makes it as large as a thumb. */
      label {
        display: grid;
        place-items: center;
        width: 40px;
        height: 44px;
        margin-left: -9px;
        cursor: pointer;
      }
      input {
        width: 22px;
        height: 22px;
        margin: 0;
        accent-color: var(--accent);
        cursor: pointer;
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { episode } = this;
    if (!episode) return nothing;
    return html`<label>
      <input
        type="checkbox"
        aria-label="Select ${episode.title}"
        .checked=${this.checked}
        @change=${(event: Event) => this.tell(event, episode)}
      />
    </label>`;
  }

  private tell({ target }: Event, episode: Episode): void {
    if (target instanceof HTMLInputElement) {
      this.dispatchEvent(new RowCheckEvent(episode, target.checked));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-row-check': RowCheck;
  }
}
