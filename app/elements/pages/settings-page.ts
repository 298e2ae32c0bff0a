import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { downloadsContext, statusContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { StorageFigures } from '../../controllers/storage-figures.ts';
import { href } from '../../router.ts';
import { bytes } from '../figures.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import '../storage-meter.ts';

/** Space, installation, version. */
@customElement('sa-settings-page')
export class SettingsPage extends LitElement {
  private readonly status = new Live(this, statusContext);
  private readonly downloads = new Live(this, downloadsContext);
  private readonly storage = new StorageFigures(this, this.downloads);
  @state() private asked = false;

  static override readonly styles = [
    base,
    controls,
    page,
    css`
      section {
        max-width: 680px;
        margin-top: 20px;
        padding: 20px;
        border-radius: 20px;
        background: var(--surface);
        box-shadow: var(--edge);
      }
      section > h2 {
        margin-bottom: 14px;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 10px 20px;
        min-height: 44px;
      }
      .line + .line,
      sa-storage-meter + .line {
        margin-top: 14px;
        padding-top: 14px;
        border-top: 1px solid var(--line);
      }
      .line p {
        flex: 1 1 170px;
      }
      .line span {
        display: block;
        color: var(--quiet);
        font-size: 0.875rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<div class="head"><h1 tabindex="-1">Settings</h1></div>
      ${this.renderStorage()} ${this.renderApp()} ${renderAbout()}`;
  }

  private renderStorage(): TemplateResult {
    const persisted = this.storage.estimate?.persisted;
    return html`<section aria-labelledby="storage">
      <h2 id="storage">Storage</h2>
      <sa-storage-meter
        .estimate=${this.storage.estimate}
        .nearlyFull=${this.storage.nearlyFull}
      ></sa-storage-meter>
      <div class="line">
        <p>
          Episodes
          <span class="figures">${bytes(this.downloads.service.storedBytes)} of downloads</span>
        </p>
        <a class="button" href=${href({ page: 'downloads' })}>Manage</a>
      </div>
      <div class="line">
        <p>
          ${persisted ? 'The browser keeps your library' : 'Keep my library'}
          <span>
            ${
              persisted
                ? 'It does not remove episodes by itself, even when space is short.'
                : this.asked
                  ? 'The browser has been asked. It may say yes later, as you use the app.'
                  : 'Asks the browser not to remove episodes when space is short.'
            }
          </span>
        </p>
        ${
          persisted
            ? nothing
            : html`<button type="button" class="button" @click=${this.askToPersist}>
                Ask the browser
              </button>`
        }
      </div>
    </section>`;
  }

  private renderApp(): TemplateResult {
    const { service: status } = this.status;
    return html`<section aria-labelledby="app">
      <h2 id="app">App</h2>
      ${
        status.installable
          ? html`<div class="line">
              <p>
                Install Stowaway
                <span>Opens from the home screen, in a window of its own.</span>
              </p>
              <button type="button" class="button primary" @click=${() => status.install()}>
                Install
              </button>
            </div>`
          : nothing
      }
      <div class="line">
        <p>
          ${status.updateWaiting ? 'A new version is ready' : `Version ${status.version}`}
          <span>
            ${
              status.updateWaiting
                ? `This is version ${status.version}. Downloads and your place are kept.`
                : 'New versions come by themselves and wait for your word.'
            }
          </span>
        </p>
        ${
          status.updateWaiting
            ? html`<button
                type="button"
                class="button primary"
                @click=${() => status.takeUpdate()}
              >
                Update
              </button>`
            : nothing
        }
      </div>
      <div class="line">
        <p>Inspector <span>Watch how the page and its worker talk.</span></p>
        <a class="button" href=${href({ page: 'inspector' })}>Open</a>
      </div>
    </section>`;
  }

  private readonly askToPersist = (): void => {
    this.storage.askToPersist();
    this.asked = true;
  };
}

function renderAbout(): TemplateResult {
  return html`<section aria-labelledby="about">
    <h2 id="about">About</h2>
    <p class="quiet">
      Stowaway is free software under the MIT licence. It has no account and no tracking: what you
      subscribe to and listen to stays on this device.
    </p>
  </section>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-settings-page': SettingsPage;
  }
}
