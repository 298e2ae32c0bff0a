import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Cue } from '../../core/model/transcript.ts';
import { clock } from './figures.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

/** A transcript may have a hundred thousand. */
const STEP = 500;

/** What is said in an episode, closed until somebody wants to read it. */
@customElement('sa-transcript')
export class Transcript extends LitElement {
  @property({ attribute: false }) cues: readonly Cue[] = [];
  /** So many of them; none before it was opened. */
  @state() private shown = 0;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      summary {
        min-height: 44px;
        padding: 10px 0;
        cursor: pointer;
        color: var(--accent);
        font-weight: 600;
      }
      summary:focus-visible {
        outline-offset: 0;
      }
      .button {
        margin: 12px 0;
      }
      li {
        display: grid;
        grid-template-columns: 7ch minmax(0, 1fr);
        gap: 8px;
        max-width: 68ch;
        padding: 5px 0;
        overflow-wrap: anywhere;
      }
      .time {
        color: var(--quiet);
        font-size: 0.875rem;
        line-height: 1.7;
      }
      strong {
        display: block;
        font-size: 0.875rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<details @toggle=${this.open}>
      <summary>Read the transcript</summary>
      <ol role="list">
        ${this.cues.slice(0, this.shown).map((cue, index) => {
          const speaker = cue.speaker !== this.cues[index - 1]?.speaker ? cue.speaker : undefined;
          return html`<li>
            <span class="time figures">${clock(cue.startS)}</span>
            <span>${speaker ? html`<strong>${speaker}</strong>` : nothing}${cue.text}</span>
          </li>`;
        })}
      </ol>
      ${
        this.shown > 0 && this.shown < this.cues.length
          ? html`<button type="button" class="button" @click=${this.showMore}>Show more</button>`
          : nothing
      }
    </details>`;
  }

  private readonly open = (): void => {
    this.shown ||= STEP;
  };

  private readonly showMore = (): void => {
    this.shown += STEP;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-transcript': Transcript;
  }
}
