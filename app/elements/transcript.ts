import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Cue } from '../../core/model/transcript.ts';
import { clock } from './figures.ts';
import { base } from './styles/base.ts';

/** What is said in an episode, closed until somebody wants to read it. */
@customElement('sa-transcript')
export class Transcript extends LitElement {
  @property({ attribute: false }) cues: readonly Cue[] = [];

  static override readonly styles = [
    base,
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
    return html`<details>
      <summary>Read the transcript</summary>
      <ol role="list">
        ${this.cues.map((cue, index) => {
          const speaker = cue.speaker !== this.cues[index - 1]?.speaker ? cue.speaker : undefined;
          return html`<li>
            <span class="time figures">${clock(cue.startS)}</span>
            <span>${speaker ? html`<strong>${speaker}</strong>` : nothing}${cue.text}</span>
          </li>`;
        })}
      </ol>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-transcript': Transcript;
  }
}
