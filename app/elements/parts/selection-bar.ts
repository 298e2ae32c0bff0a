import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { downloadsContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import type { Selection } from '../../controllers/selection.ts';
import { failureText } from '../../failure-text.ts';
import { AnnounceEvent } from '../announce-event.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { amount, idsOf, type Shown } from './download-groups.ts';
import '../action-bar.ts';

/** What was selected is deleted now, and the selection has ended. */
export class DeletedEvent extends Event {
  constructor() {
    super('deleted', { bubbles: true, composed: true });
  }
}

/**
 * How much is selected, and what can be done with it.
 *
 * @fires {DeletedEvent} deleted
 * @fires {AnnounceEvent} announce - where it could not be deleted
 */
@customElement('sa-selection-bar')
export class SelectionBar extends LitElement {
  @property({ attribute: false }) selection: Selection | undefined;
  /** What could be selected, and of that what is. */
  @property({ attribute: false }) offered: readonly Shown[] = [];
  @property({ attribute: false }) selected: readonly Shown[] = [];
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
        padding: 0 16px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { offered, selected, selection } = this;
    const isAll = selected.length === offered.length;
    return html`<sa-action-bar role="group" aria-label="Selection">
      <span role="status">${selected.length === 0 ? 'Nothing selected' : amount(selected, 'selected')}</span>
      <button
        slot="action"
        type="button"
        class="button"
        @click=${() => (isAll ? selection?.clear() : selection?.begin(idsOf(offered)))}
      >
        ${isAll ? 'Select none' : 'Select all'}
      </button>
      <button
        slot="action"
        type="button"
        class="button ${selected.length > 0 ? 'alarm' : ''}"
        aria-disabled=${selected.length === 0}
        @click=${this.deleteSelected}
      >
        Delete selected
      </button>
    </sa-action-bar>`;
  }

  private readonly deleteSelected = async (): Promise<void> => {
    if (this.selected.length === 0) return;
    const outcome = await this.downloads.service.removeAll(idsOf(this.selected));
    if (!outcome.ok) {
      this.dispatchEvent(new AnnounceEvent(failureText(outcome.failure)));
      return;
    }
    this.selection?.end();
    this.dispatchEvent(new DeletedEvent());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-selection-bar': SelectionBar;
  }
}
