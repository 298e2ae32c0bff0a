import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DownloadState } from '../../core/model/download.ts';
import { STATUS_ICONS, statusText } from './download-words.ts';
import { icon } from './icon.ts';
import { base } from './styles/base.ts';

/**
 * Where a download stands, in the exact words of the interface.
 *
 * @csspart text - holds the status text and nothing else
 */
@customElement('sa-download-status')
export class DownloadStatus extends LitElement {
  @property({ attribute: false }) state: DownloadState = { kind: 'absent' };

  static override readonly styles = [
    base,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        min-height: 20px;
        color: var(--quiet);
        font-size: 0.8125rem;
        font-weight: 550;
        line-height: 1.3;
      }
      svg {
        width: 16px;
        height: 16px;
        stroke-width: 2.25;
      }
      .good,
      .busy {
        color: var(--accent);
      }
      .bad {
        color: var(--alarm);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const text = statusText(this.state);
    const name = STATUS_ICONS[text];
    return html`${name ? html`<span class=${TONES[this.state.kind] ?? ''}>${icon(name)}</span>` : nothing}<span
        part="text"
        class=${TONES[this.state.kind] ?? ''}
        >${text}</span
      >`;
  }
}

const TONES: Partial<Record<DownloadState['kind'], string>> = {
  committed: 'good',
  active: 'busy',
  verifying: 'busy',
  failed: 'bad',
  evicted: 'bad',
};

declare global {
  interface HTMLElementTagNameMap {
    'sa-download-status': DownloadStatus;
  }
}
