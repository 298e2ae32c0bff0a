import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Episode } from '../../core/model/episode.ts';
import { EpisodeActionEvent } from './episode-action.ts';
import { icon } from './icon.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

/**
 * Marks an episode that is never removed to make room. A toggle: pressed while it is marked.
 *
 * @fires {EpisodeActionEvent} episode-action - with `keep` or `unkeep`
 */
@customElement('sa-keep-button')
export class KeepButton extends LitElement {
  @property({ attribute: false }) episode: Episode | undefined;
  @property({ type: Boolean }) kept = false;
  /** Words on the button: for the page of one episode. */
  @property({ type: Boolean, reflect: true }) large = false;

  static override readonly styles = [base, controls];

  protected override render(): TemplateResult | typeof nothing {
    const { episode, kept } = this;
    if (!episode) return nothing;
    const action = kept ? 'unkeep' : 'keep';
    const look = this.large ? 'button' : `round ${kept ? 'filled' : ''}`;
    return html`<button
      type="button"
      class=${look}
      aria-label="Keep ${episode.title}"
      aria-pressed=${kept}
      title=${kept ? 'Kept: never removed to make room' : 'Keep: never remove it to make room'}
      @click=${() => this.dispatchEvent(new EpisodeActionEvent(action, episode))}
    >
      ${icon(kept ? 'kept' : 'keep')}${this.large ? (kept ? 'Kept' : 'Keep') : nothing}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-keep-button': KeepButton;
  }
}
