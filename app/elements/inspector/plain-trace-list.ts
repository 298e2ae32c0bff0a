import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ShownTrace } from '../../inspection-view.ts';
import { base } from '../styles/base.ts';

/** Traces as a plain table: a place for `sa-trace-list`. */
@customElement('sa-plain-trace-list')
export class PlainTraceList extends LitElement {
  @property({ attribute: false }) traces: readonly ShownTrace[] = [];

  static override readonly styles = [
    base,
    css`
      div {
        max-height: 420px;
        overflow: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 0.8125rem;
      }
      th,
      td {
        padding: 4px 12px 4px 0;
        text-align: left;
        white-space: nowrap;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<div tabindex="0" role="region" aria-label="Traces">
      <table class="figures">
        <thead>
          <tr>
            ${['Seen by', 'From', 'To', 'Name', 'Outcome', 'Took'].map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${repeat(this.traces, ({ id }) => id, renderRow)}
        </tbody>
      </table>
    </div>`;
  }
}

function renderRow({ seenBy, from, to, type, outcome, tookMs }: ShownTrace): TemplateResult {
  return html`<tr>
    <td>${seenBy}</td>
    <td>${from}</td>
    <td>${to}</td>
    <td>${type}</td>
    <td>${outcome}</td>
    <td>${tookMs === undefined ? '' : `${tookMs.toFixed(1)} ms`}</td>
  </tr>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-plain-trace-list': PlainTraceList;
  }
}
