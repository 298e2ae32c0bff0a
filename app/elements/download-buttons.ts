import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { DownloadState } from '../../core/model/download.ts';
import type { Episode } from '../../core/model/episode.ts';
import { buttonsFor, hintFor } from './download-words.ts';
import { type EpisodeAction, EpisodeActionEvent } from './episode-action.ts';
import { type IconName, icon } from './icon.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

type Word = 'Download' | 'Pause' | 'Resume' | 'Cancel' | 'Delete';

const MEANINGS: Record<Word, { action: EpisodeAction; icon: IconName }> = {
  Download: { action: 'download', icon: 'download' },
  Pause: { action: 'pause', icon: 'pause-small' },
  Resume: { action: 'resume', icon: 'resume' },
  Cancel: { action: 'remove', icon: 'cancel' },
  Delete: { action: 'remove', icon: 'delete' },
};

/**
 * What can be done about a download now: one button moves it on, one ends it. They keep their
 * places, so a press meant for Pause never lands on Delete when the download ends that moment.
 *
 * @fires {EpisodeActionEvent} episode-action
 */
@customElement('sa-download-buttons')
export class DownloadButtons extends LitElement {
  @property({ attribute: false }) episode: Episode | undefined;
  @property({ attribute: false }) state: DownloadState = { kind: 'absent' };
  /** Whether episodes can be kept at all: not without a service worker. */
  @property({ type: Boolean }) canKeep = true;
  /** Words on the buttons: for the page of one episode. */
  @property({ type: Boolean, reflect: true }) large = false;
  @query('.onward') private onward!: HTMLButtonElement | null;
  @query('.ending') private ending!: HTMLButtonElement | null;
  private endingHadFocus = false;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: inline-flex;
        gap: 4px;
      }
      :host([large]) {
        gap: 12px;
      }
    `,
  ];

  protected override willUpdate(): void {
    this.endingHadFocus = this.ending !== null && this.shadowRoot?.activeElement === this.ending;
  }

  protected override updated(): void {
    // The button that was pressed is gone: the keyboard goes on at the one that undoes it.
    if (this.endingHadFocus && !this.ending) this.onward?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.episode) return nothing;
    const { onward, ending } = buttonsFor(this.state);
    const offered = onward === 'Download' && !this.canKeep ? undefined : onward;
    return html`${offered ? this.renderButton(offered, this.episode, 'onward') : nothing}
    ${ending ? this.renderButton(ending, this.episode, 'ending') : nothing}`;
  }

  private renderButton(word: Word, episode: Episode, place: 'onward' | 'ending'): TemplateResult {
    const name = `${word} ${episode.title}`;
    const { action, icon: sign } = MEANINGS[word];
    return html`<button
      type="button"
      class="${this.large ? 'button' : 'round'} ${place}"
      aria-label=${name}
      title=${hintFor(word, this.state)}
      @click=${() => this.dispatchEvent(new EpisodeActionEvent(action, episode))}
    >
      ${icon(sign)}${this.large ? word : nothing}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-download-buttons': DownloadButtons;
  }
}
