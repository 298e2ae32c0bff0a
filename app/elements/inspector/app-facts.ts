import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { downloadsContext, statusContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { StorageFigures } from '../../controllers/storage-figures.ts';
import { bytes } from '../figures.ts';
import { base } from '../styles/base.ts';

/** What is so, in the app's own terms: for whoever wants to see how it works. */
@customElement('sa-app-facts')
export class AppFacts extends LitElement {
  private readonly status = new Live(this, statusContext);
  private readonly downloads = new Live(this, downloadsContext);
  private readonly storage = new StorageFigures(this, this.downloads);

  static override readonly styles = [
    base,
    css`
:host {
        display: block;
      }
      h3 {
        margin: 24px 0 8px;
        font-size: 1rem;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(2, 1fr);
        gap: 12px;
      }
      @media (min-width: 900px) {
        dl {
          grid-template-columns: repeat(3, 1fr);
        }
      }
      dl > div {
        padding: 14px 16px;
        border-radius: 14px;
        background: var(--surface);
        box-shadow: var(--edge);
      }
      dt {
        color: var(--quiet);
        font-size: 0.8125rem;
      }
      dd {
        font-weight: 650;
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 0.875rem;
      }
      th,
      td {
        padding: 10px 16px 10px 0;
        border-bottom: 1px solid var(--line);
        text-align: left;
        white-space: nowrap;
      }
      th {
        color: var(--quiet);
        font-weight: 600;
      }
      .number {
        text-align: right;
      }
      code {
        font-size: 0.8125rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { service: status } = this.status;
    const { estimate } = this.storage;
    const views = [...this.downloads.service.all.values()].sort(
      (one, other) => one.position - other.position,
    );
    return html`<dl class="figures">
        ${fact('Service worker', status.worker)}
        ${fact('Version', status.updateWaiting ? `${status.version}, a new one waits` : status.version)}
        ${fact('Connection', status.online ? 'online' : 'offline')}
        ${fact('Used', estimate ? bytes(estimate.usedBytes) : '…')}
        ${fact('Quota', estimate ? (estimate.quotaBytes ? bytes(estimate.quotaBytes) : 'not told') : '…')}
        ${fact('Persistent', estimate ? (estimate.persisted ? 'yes' : 'no') : '…')}
      </dl>
      <h3>Download rows</h3>
        ${
          views.length === 0
            ? html`<p class="quiet">None.</p>`
            : html`<div class="scroll" tabindex="0" role="region" aria-label="Download rows">
                <table class="figures">
                  <thead>
                    <tr>
                      <th scope="col">Position</th>
                      <th scope="col">Episode</th>
                      <th scope="col">State</th>
                      <th scope="col" class="number">Received</th>
                      <th scope="col" class="number">Total</th>
                      <th scope="col" class="number">Rate</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${views.map(
                      (view) => html`<tr>
                        <td>${view.position}</td>
                        <td><code>${view.episodeId}</code></td>
                        <td>${stateWords(view.state)}</td>
                        <td class="number">${bytes(view.receivedBytes)}</td>
                        <td class="number">
                          ${view.totalBytes === undefined ? 'unknown' : bytes(view.totalBytes)}
                        </td>
                        <td class="number">
                          ${view.rateBytesPerS ? `${bytes(view.rateBytesPerS)}/s` : nothing}
                        </td>
                      </tr>`,
                    )}
                  </tbody>
                </table>
              </div>`
        }`;
  }
}

function fact(name: string, value: string): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function stateWords(state: { kind: string; reason?: string; failure?: { code: string } }): string {
  const detail = state.reason ?? state.failure?.code;
  return detail ? `${state.kind}: ${detail}` : state.kind;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-app-facts': AppFacts;
  }
}
