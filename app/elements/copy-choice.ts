import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { copiesOf, type EnclosureCopy } from '../../core/model/enclosure-copy.ts';
import type { Episode } from '../../core/model/episode.ts';
import { copyWords } from './copy-words.ts';
import { EpisodeActionEvent } from './episode-action.ts';
import { icon } from './icon.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

/**
 * The other copies of an episode, to download one of them instead: a smaller one, say. Shows nothing
 * where the feed names none that this browser plays.
 *
 * @fires {EpisodeActionEvent} episode-action
 */
@customElement('sa-copy-choice')
export class CopyChoice extends LitElement {
  @property({ attribute: false }) episode: Episode | undefined;

  static override readonly styles = [
    base,
    controls,
    css`
      summary {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 44px;
        color: var(--quiet);
        font-size: 0.875rem;
        font-weight: 600;
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary:hover {
        color: var(--ink);
      }
      summary svg {
        width: 16px;
        height: 16px;
        stroke-width: 2.25;
        transition: transform 0.15s;
      }
      [open] summary svg {
        transform: rotate(180deg);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        padding-bottom: 8px;
      }
      @media (max-width: 899px) {
        ul {
          justify-content: center;
        }
      }
      .button {
        min-height: 44px;
        padding: 0 16px;
        font-size: 0.875rem;
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { episode } = this;
    const [enclosure, ...others] = episode ? copiesOf(episode) : [];
    const playable = others.filter(canPlay);
    if (!episode || !enclosure || playable.length === 0) return nothing;
    return html`<details>
      <summary>Other sizes of this episode ${icon('down')}</summary>
      <ul role="list">
        ${[...playable, enclosure].map((copy) => this.renderCopy(episode, copy))}
      </ul>
    </details>`;
  }

  private renderCopy(episode: Episode, copy: EnclosureCopy): TemplateResult {
    const words = copyWords(copy);
    return html`<li>
      <button
        type="button"
        class="button figures"
        aria-label="Get ${episode.title} as ${words}"
        @click=${() => this.dispatchEvent(new EpisodeActionEvent('download', episode, copy.id))}
      >
        ${words}
      </button>
    </li>`;
  }
}

let probeElement: HTMLAudioElement | undefined;

/** Video is left out: it is larger, and nobody would see it. */
function canPlay({ type }: EnclosureCopy): boolean {
  if (!type || !/^(?:audio\/|application\/ogg)/i.test(type)) return false;
  probeElement ??= document.createElement('audio');
  return probeElement.canPlayType(type) !== '';
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-copy-choice': CopyChoice;
  }
}
