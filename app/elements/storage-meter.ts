import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { StorageEstimate } from '../contexts.ts';
import { bytes } from './figures.ts';
import { base } from './styles/base.ts';

/** How much space is used, and that it runs out where it does. */
@customElement('sa-storage-meter')
export class StorageMeter extends LitElement {
  @property({ attribute: false }) estimate: StorageEstimate | undefined;
  @property({ type: Boolean }) nearlyFull = false;

  static override readonly styles = [
    base,
    css`
      :host {
        display: block;
      }
      .bar {
        height: 10px;
        overflow: hidden;
        border-radius: 5px;
        background: var(--sunken);
      }
      .used {
        height: 100%;
        min-width: 6px;
        width: calc(var(--used, 0) * 100%);
        border-radius: 5px;
        background: var(--accent);
      }
      .full .used {
        background: var(--alarm);
      }
      p {
        min-height: 1.5em;
        margin-top: 8px;
        color: var(--quiet);
        font-size: 0.875rem;
      }
      .full p {
        color: var(--alarm);
      }
    `,
  ];

  protected override updated(): void {
    const { usedBytes, quotaBytes } = this.estimate ?? { usedBytes: 0 };
    this.style.setProperty('--used', String(quotaBytes ? Math.min(1, usedBytes / quotaBytes) : 0));
  }

  protected override render(): TemplateResult {
    const { estimate } = this;
    const quotaBytes = estimate?.quotaBytes;
    return html`<div class=${this.nearlyFull ? 'full' : ''}>
      ${
        estimate && quotaBytes
          ? html`<div
              class="bar"
              role="meter"
              aria-label="Space used"
              aria-valuemin="0"
              aria-valuemax="100"
              aria-valuenow=${Math.min(100, Math.round((estimate.usedBytes / quotaBytes) * 100))}
              aria-valuetext="${bytes(estimate.usedBytes)} of ${bytes(quotaBytes)}"
            >
              <div class="used"></div>
            </div>`
          : html`<div class="bar" aria-hidden="true"></div>`
      }
      <p class="figures">${estimate ? this.words(estimate) : nothing}</p>
    </div>`;
  }

  private words({ usedBytes, quotaBytes }: StorageEstimate): string {
    if (quotaBytes === undefined) return `${bytes(usedBytes)} used`;
    const freeBytes = Math.max(0, quotaBytes - usedBytes);
    const figures = `${bytes(usedBytes)} used, ${bytes(freeBytes)} free`;
    return this.nearlyFull
      ? `Nearly full: ${figures}. Delete episodes you have heard to make space.`
      : `${figures}.`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-storage-meter': StorageMeter;
  }
}
