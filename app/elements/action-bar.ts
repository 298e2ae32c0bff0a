import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from './styles/base.ts';

/**
 * A line that stays in sight at the top of a page while it is scrolled: what is selected, or what
 * was just done, with what can be done about it. The bottom belongs to the player and the banners.
 *
 * @slot - the words
 * @slot action - buttons
 */
@customElement('sa-action-bar')
export class ActionBar extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        position: sticky;
        z-index: 1;
        top: calc(8px + env(safe-area-inset-top));
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
        min-height: 56px;
        margin: 0 -8px 12px;
        padding: 6px 8px 6px 18px;
        border-radius: 18px;
        background: var(--surface);
        box-shadow: var(--shadow), var(--edge);
        font-size: 0.9375rem;
      }
      p {
        flex: 1 1 140px;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<p class="figures"><slot></slot></p>
      <div class="actions"><slot name="action"></slot></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-action-bar': ActionBar;
  }
}
