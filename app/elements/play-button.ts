import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Episode } from '../../core/model/episode.ts';
import { EpisodeActionEvent } from './episode-action.ts';
import { icon } from './icon.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

/**
 * Plays one episode. A toggle: while its episode plays it is pressed, and pressing it rests.
 *
 * @fires {EpisodeActionEvent} episode-action - with `play`
 */
@customElement('sa-play-button')
export class PlayButton extends LitElement {
  @property({ attribute: false }) episode: Episode | undefined;
  @property({ type: Boolean }) playing = false;
  /** Why it cannot be played now. Said to screen readers with the button, and shown by the owner. */
  @property() obstacle: string | undefined;
  /** Words on the button: for the page of one episode. */
  @property({ type: Boolean, reflect: true }) large = false;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: inline-flex;
      }
      :host([large]) .button {
        min-width: 116px;
      }
      :host([large]) [aria-pressed='true'] svg {
        margin: 0;
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const episode = this.episode;
    if (!episode) return nothing;
    return html`<button
        type="button"
        class=${this.large ? 'button primary' : 'round filled'}
        aria-label="Play ${episode.title}"
        aria-pressed=${this.playing ? 'true' : 'false'}
        aria-disabled=${this.obstacle ? 'true' : nothing}
        aria-describedby=${this.obstacle ? 'obstacle' : nothing}
        @click=${() => {
          if (!this.obstacle) this.dispatchEvent(new EpisodeActionEvent('play', episode));
        }}
      >
        ${icon(this.playing ? 'pause' : 'play')}${
          // Without the word while it plays: the name of the button stays, and would contradict it.
          this.large && !this.playing ? 'Play' : nothing
        }
      </button>
      ${this.obstacle ? html`<span id="obstacle" hidden>${this.obstacle}</span>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-play-button': PlayButton;
  }
}
