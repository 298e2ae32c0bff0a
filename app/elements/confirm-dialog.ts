import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

/**
 * Asks before something that cannot be taken back.
 *
 * @slot - what would happen
 */
@customElement('sa-confirm-dialog')
export class ConfirmDialog extends LitElement {
  @property() heading = '';
  /** The word on the button that does it. */
  @property() verb = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  static override readonly styles = [
    base,
    controls,
    css`
      dialog {
        width: min(420px, calc(100vw - 40px));
        padding: 28px 24px 20px;
        border: 0;
        border-radius: 24px;
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 50%);
      }
      p {
        margin-top: 8px;
        color: var(--quiet);
      }
      form {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 8px;
        margin-top: 24px;
      }
    `,
  ];

  /** Resolves with the answer; whatever closes it otherwise is a no. */
  ask(): Promise<boolean> {
    this.dialog.returnValue = '';
    this.dialog.showModal();
    return new Promise((resolve) => {
      this.dialog.addEventListener('close', () => resolve(this.dialog.returnValue === 'yes'), {
        once: true,
      });
    });
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" aria-describedby="text">
      <h2 id="heading">${this.heading}</h2>
      <p id="text"><slot></slot></p>
      <form method="dialog">
        <button class="button" value="">Keep</button>
        <button class="button alarm" value="yes">${this.verb}</button>
      </form>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-confirm-dialog': ConfirmDialog;
  }
}
