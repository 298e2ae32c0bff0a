import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { statusContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { type IconName, icon } from '../icon.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';

/**
 * What the app itself has to say: one calm line each. They lie over the page and move nothing in it:
 * they come when they want, and a finger may be on its way.
 */
@customElement('sa-banners')
export class Banners extends LitElement {
  /** On the library's own page an empty library speaks for itself. */
  @property({ type: Boolean }) inLibrary = false;
  private readonly status = new Live(this, statusContext);

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        pointer-events: none;
      }
      .banner {
        pointer-events: auto;
        display: flex;
        align-items: center;
        gap: 12px;
        width: calc(100% - 16px);
        max-width: 560px;
        min-height: 48px;
        margin: 0 auto 8px;
        padding: 6px 8px 6px 18px;
        border-radius: 18px;
        background: var(--surface);
        box-shadow: var(--shadow), var(--edge);
        font-size: 0.9375rem;
        line-height: 1.35;
      }
      .banner svg {
        width: 20px;
        height: 20px;
        color: var(--quiet);
      }
      p {
        flex: 1;
        padding: 6px 0;
      }
      .button {
        min-height: 36px;
        padding: 0 16px;
      }
    `,
  ];

  /** One line at most: what matters most about versions. */
  private renderVersion(): TemplateResult | typeof nothing {
    const { service: status } = this.status;
    const reload = { name: 'Reload', press: () => status.takeUpdate() };
    if (status.heldUp) {
      return banner('alert', 'Another window of Stowaway holds up the update. Close it.');
    }
    if (status.updateTaking) {
      return banner('update', 'The new version begins as soon as nothing is being stored.');
    }
    if (status.outdated) {
      return banner(
        'alert',
        'This page and what works behind it are of different versions. Reload to bring them together.',
        reload,
      );
    }
    if (status.updateWaiting) return banner('update', 'A new version is ready.', reload);
    if (status.updateTaken) {
      return banner('update', 'A new version is at work. This page goes on as it is.', reload);
    }
    return nothing;
  }

  protected override render(): TemplateResult {
    const { service: status } = this.status;
    // The live region is always there, so that what appears in it is read out.
    return html`<div role="status">
      ${status.online ? nothing : banner('offline', 'No connection. What is downloaded plays.')}
      ${
        status.worker === 'online-only'
          ? banner(
              'alert',
              'This window cannot keep podcasts or episodes. What is in the library plays while there is a connection.',
            )
          : nothing
      }
      ${
        status.readyOffline
          ? banner('check', 'Stowaway is on this device now. It opens without a connection, too.', {
              name: 'OK',
              press: () => status.acknowledgeReady(),
            })
          : nothing
      }
      ${
        status.libraryLost && !this.inLibrary
          ? banner(
              'alert',
              'This browser has removed your library to make space. Subscribe again to bring it back.',
              { name: 'Understood', press: () => status.acknowledgeLoss() },
            )
          : nothing
      }
      ${this.renderVersion()}
    </div>`;
  }
}

function banner(
  sign: IconName,
  text: string,
  action?: { name: string; press: () => void },
): TemplateResult {
  return html`<div class="banner">
    ${icon(sign)}
    <p>${text}</p>
    ${
      action
        ? html`<button type="button" class="button" @click=${action.press}>${action.name}</button>`
        : nothing
    }
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-banners': Banners;
  }
}
