import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DownloadView } from '../contexts.ts';
import { explanation } from './download-words.ts';
import { bytes, bytesOf, dotted, duration } from './figures.ts';
import { base } from './styles/base.ts';

/**
 * How far a download is, and why it stands still where it does. Empty where there is nothing to say.
 *
 * @csspart bar - the progress bar
 */
@customElement('sa-download-progress')
export class DownloadProgress extends LitElement {
  @property({ attribute: false }) view: DownloadView | undefined;
  /** Names the bar. */
  @property() episodeTitle = '';
  /** The bar alone: whoever shows it has a place of its own for the words. */
  @property({ type: Boolean }) wordless = false;

  static override readonly styles = [
    base,
    css`
      :host {
        display: block;
      }
      .bar {
        height: 6px;
        margin-top: 8px;
        overflow: hidden;
        border-radius: 3px;
        background: var(--sunken);
      }
      .done {
        height: 100%;
        border-radius: 3px;
        background: var(--accent);
        transform: translateX(calc((var(--done, 0) - 1) * 100%));
        transition: transform 0.4s linear;
      }
      .resting .done {
        background: var(--quiet);
      }
      /* No total known: something moves, without claiming how much is left. */
      .open .done {
        width: 30%;
        animation: to-and-fro 1.8s ease-in-out infinite alternate;
      }
      @keyframes to-and-fro {
        from {
          transform: translateX(0);
        }
        to {
          transform: translateX(233%);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .open .done {
          animation: none;
          width: 100%;
          transform: none;
          opacity: 0.5;
        }
      }
      p {
        margin-top: 6px;
        color: var(--quiet);
        font-size: 0.8125rem;
        line-height: 1.4;
        max-width: 80ch;
      }
      .bad {
        color: var(--alarm);
      }
    `,
  ];

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('view')) return;
    this.style.setProperty('--done', String((percentOf(this.view) ?? 0) / 100));
  }

  protected override render(): TemplateResult | typeof nothing {
    const view = this.view;
    if (!view) return nothing;
    const why = explanation(view);
    return html`${this.renderBar(view)}
    ${why ? html`<p class=${view.state.kind === 'failed' ? 'bad' : ''}>${why}</p>` : nothing}`;
  }

  private renderBar(view: DownloadView): TemplateResult | typeof nothing {
    const words = progressWords(view);
    if (words === undefined) return nothing;
    const percent = percentOf(view);
    const look = `bar ${isMoving(view) ? '' : 'resting'} ${percent === undefined ? 'open' : ''}`;
    return html`<div
        class=${look}
        part="bar"
        role="progressbar"
        aria-label=${this.episodeTitle}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${percent ?? nothing}
        aria-valuetext=${words}
      >
        <div class="done"></div>
      </div>
      ${this.wordless ? nothing : html`<p class="figures">${words}</p>`}`;
  }
}

/** Whole percent, rounded down: 100 is only said when every byte is here. */
function percentOf(view: DownloadView | undefined): number | undefined {
  if (!view?.totalBytes) return undefined;
  return Math.min(100, Math.floor((view.receivedBytes / view.totalBytes) * 100));
}

function isMoving({ state: { kind } }: DownloadView): boolean {
  return kind === 'active' || kind === 'verifying';
}

/**
 * `12.4 of 48 MB · 26 % · 1.2 MB/s · 30 s left`, as far as it is known; `undefined` where nothing is
 * on its way.
 */
export function progressWords(view: DownloadView): string | undefined {
  const { kind } = view.state;
  const resting = (kind === 'paused' || kind === 'queued') && view.receivedBytes > 0;
  if (!isMoving(view) && !resting) return undefined;
  const { receivedBytes, totalBytes, rateBytesPerS } = view;
  const percent = percentOf(view);
  const rate = view.state.kind === 'active' && rateBytesPerS ? rateBytesPerS : undefined;
  const leftS = rate && totalBytes ? (totalBytes - receivedBytes) / rate : undefined;
  return dotted(
    totalBytes ? bytesOf(receivedBytes, totalBytes) : bytes(receivedBytes),
    percent === undefined ? undefined : `${percent} %`,
    rate === undefined ? undefined : `${bytes(rate)}/s`,
    leftS === undefined ? undefined : `${duration(Math.max(1, leftS))} left`,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-download-progress': DownloadProgress;
  }
}
