import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { clock, spokenClock } from './figures.ts';
import { base } from './styles/base.ts';

/** The user chose another place, in seconds. */
export class SeekEvent extends Event {
  readonly positionS: number;

  constructor(positionS: number) {
    super('seek', { bubbles: true, composed: true });
    this.positionS = positionS;
  }
}

/**
 * Where playback is, and how to go elsewhere.
 *
 * @fires {SeekEvent} seek - when the user lets go, not while they drag
 */
@customElement('sa-seek-slider')
export class SeekSlider extends LitElement {
  @property({ type: Number }) positionS = 0;
  /** 0 while unknown. */
  @property({ type: Number }) durationS = 0;
  /** Where the thumb is held; playback goes on meanwhile without moving it. */
  @state() private heldS: number | undefined;

  static override readonly styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 10px;
        color: var(--quiet);
        font-size: 0.75rem;
        line-height: 1;
      }
      :host([stacked]) {
        grid-template-columns: 1fr 1fr;
      }
      :host([stacked]) input {
        grid-row: 1;
        grid-column: 1 / -1;
      }
      .end {
        text-align: right;
      }
      span {
        min-width: 4ch;
      }
      input {
        appearance: none;
        width: 100%;
        height: 24px;
        margin: 0;
        background: none;
        cursor: pointer;
      }
      input::-webkit-slider-runnable-track {
        height: 6px;
        border-radius: 3px;
        background: linear-gradient(var(--accent), var(--accent)) 0 / calc(var(--done, 0) * 100%) 100%
          no-repeat var(--sunken);
      }
      input::-moz-range-track {
        height: 6px;
        border-radius: 3px;
        background: var(--sunken);
      }
      input::-moz-range-progress {
        height: 6px;
        border-radius: 3px;
        background: var(--accent);
      }
      input::-webkit-slider-thumb {
        appearance: none;
        width: 16px;
        height: 16px;
        margin-top: -5px;
        border: 0;
        border-radius: 50%;
        background: var(--accent);
      }
      input::-moz-range-thumb {
        width: 16px;
        height: 16px;
        border: 0;
        border-radius: 50%;
        background: var(--accent);
      }
      input:disabled {
        cursor: default;
      }
      input:disabled::-webkit-slider-thumb {
        background: var(--quiet);
      }
    `,
  ];

  protected override updated(): void {
    const done = this.durationS > 0 ? Math.min(1, this.shownS / this.durationS) : 0;
    this.style.setProperty('--done', String(done));
  }

  private get shownS(): number {
    return this.heldS ?? this.positionS;
  }

  protected override render(): TemplateResult {
    const { shownS, durationS } = this;
    const known = durationS > 0;
    return html`<span class="figures" aria-hidden="true">${clock(shownS)}</span>
      <input
        type="range"
        aria-label="Position"
        min="0"
        max=${known ? durationS : 1}
        step="1"
        .value=${String(Math.floor(shownS))}
        ?disabled=${!known}
        aria-valuetext=${known ? `${spokenClock(shownS)} of ${spokenClock(durationS)}` : 'Not known yet'}
        @input=${(event: InputEvent) => {
          this.heldS = secondsOf(event);
        }}
        @change=${(event: Event) => {
          this.heldS = undefined;
          this.dispatchEvent(new SeekEvent(secondsOf(event)));
        }}
      />
      <span class="figures end" aria-hidden="true"
        >${known ? `−${clock(durationS - shownS)}` : '–:––'}</span
      >`;
  }
}

function secondsOf(event: Event): number {
  return event.target instanceof HTMLInputElement ? event.target.valueAsNumber : 0;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-seek-slider': SeekSlider;
  }
}
