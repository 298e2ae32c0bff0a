import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { downloadsContext, settingsContext, statusContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { StorageFigures } from '../../controllers/storage-figures.ts';
import { failureText } from '../../failure-text.ts';
import { href } from '../../router.ts';
import { AnnounceEvent } from '../announce-event.ts';
import { bytes } from '../figures.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import { panel } from '../styles/panel.ts';
import type { ThemeEvent } from '../theme-choice.ts';
import '../parts/background-settings.ts';
import '../parts/download-settings.ts';
import '../parts/retention-settings.ts';
import '../storage-meter.ts';
import '../theme-choice.ts';

/** Theme, space, what happens in the background, installation, version. */
@customElement('sa-settings-page')
export class SettingsPage extends LitElement {
  private readonly status = new Live(this, statusContext);
  private readonly downloads = new Live(this, downloadsContext);
  private readonly settings = new Live(this, settingsContext);
  private readonly storage = new StorageFigures(this, this.downloads);
  @state() private asked = false;

  static override readonly styles = [base, controls, page, panel];

  protected override render(): TemplateResult {
    return html`<div class="head"><h1 tabindex="-1">Settings</h1></div>
      ${this.renderAppearance()}
      <sa-download-settings></sa-download-settings>
      ${this.renderStorage()}
      <sa-retention-settings></sa-retention-settings>
      <sa-background-settings></sa-background-settings>
      ${this.renderApp()} ${renderAbout()}`;
  }

  private renderAppearance(): TemplateResult {
    return html`<section aria-labelledby="appearance">
      <h2 id="appearance">Appearance</h2>
      <div class="line">
        <p>Theme <span>System follows this device.</span></p>
        <sa-theme-choice
          .theme=${this.settings.service.current.theme}
          @theme=${this.changeTheme}
        ></sa-theme-choice>
      </div>
    </section>`;
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

  private readonly changeTheme = async ({ theme }: ThemeEvent): Promise<void> => {
    const outcome = await this.settings.service.change({ theme });
    if (!outcome.ok) this.dispatchEvent(new AnnounceEvent(failureText(outcome.failure)));
  };

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
      listen to stays on this device. Feeds, pictures and audio come from the podcasts’ own hosts,
      some of them through Stowaway’s server. What you type into Search goes through that server to
      a public directory of podcasts: Apple’s, or Podcast Index.
    </p>
  </section>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-settings-page': SettingsPage;
  }
}
