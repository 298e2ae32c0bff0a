import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type IconName, icon } from './icon.ts';
import { base } from './styles/base.ts';

/**
 * Says, in the middle of a page, that there is nothing here, or that something did not work.
 *
 * @slot - one or two sentences
 * @slot action - what can be done
 */
@customElement('sa-notice')
export class Notice extends LitElement {
  @property() sign: IconName = 'box';
  @property() heading = '';

  static override readonly styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: 8px;
        max-width: 420px;
        margin: 0 auto;
        padding: 56px 8px;
        text-align: center;
      }
      .sign {
        display: grid;
        place-items: center;
        width: 72px;
        height: 72px;
        margin-bottom: 8px;
        border-radius: 24px;
        background: var(--tint);
        color: var(--accent);
      }
      .sign svg {
        width: 32px;
        height: 32px;
      }
      p {
        color: var(--quiet);
      }
      slot[name='action'] {
        display: block;
        margin-top: 12px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<span class="sign">${icon(this.sign)}</span>
      ${this.heading ? html`<h2>${this.heading}</h2>` : nothing}
      <p><slot></slot></p>
      <slot name="action"></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-notice': Notice;
  }
}
