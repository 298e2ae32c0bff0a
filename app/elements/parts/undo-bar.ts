import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { downloadsContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { failureText } from '../../failure-text.ts';
import { AnnounceEvent } from '../announce-event.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { amount, idsOf, type Shown } from './download-groups.ts';
import '../action-bar.ts';

/**
 * Says what was just deleted, for as long as it can be brought back. It shows rows, not what this
 * tab has done: after a reload, and in every other tab, the undo is there as well.
 *
 * @fires {AnnounceEvent} announce - where it could not be brought back
 */
@customElement('sa-undo-bar')
export class UndoBar extends LitElement {
  @property({ attribute: false }) removing: readonly Shown[] = [];
  private readonly downloads = new Live(this, downloadsContext);

  static override readonly styles = [
    base,
    controls,
    css`
      /* The bar stays in sight in the page, not in this. */
      :host {
        display: contents;
      }
      .button {
        min-height: 40px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const isThere = this.removing.length > 0;
    const words = amount(this.removing, 'deleted');
    // The live region is always there, so that what appears in it is read out.
    return html`<p class="unseen" role="status">${isThere ? words : nothing}</p>
      ${
        isThere
          ? html`<sa-action-bar>
              ${words}
              <button slot="action" type="button" class="button primary" @click=${this.bringBack}>
                Undo
              </button>
            </sa-action-bar>`
          : nothing
      }`;
  }

  /** For the keyboard, which was on a button that is gone. */
  async focusUndo(): Promise<void> {
    await this.updateComplete;
    this.shadowRoot?.querySelector('button')?.focus();
  }

  private readonly bringBack = async (): Promise<void> => {
    const outcome = await this.downloads.service.restore(idsOf(this.removing));
    if (!outcome.ok) this.dispatchEvent(new AnnounceEvent(failureText(outcome.failure)));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-undo-bar': UndoBar;
  }
}
