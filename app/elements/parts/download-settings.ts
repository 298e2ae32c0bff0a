import { html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { SettingsChange } from '../../../core/model/settings.ts';
import { type SettingsKeeper, settingsContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { failureText } from '../../failure-text.ts';
import { AnnounceEvent } from '../announce-event.ts';
import { base } from '../styles/base.ts';
import { choices } from '../styles/choices.ts';
import { panel } from '../styles/panel.ts';
import { switches } from '../styles/switches.ts';

/**
 * When episodes are fetched, and how many at once.
 *
 * @fires {AnnounceEvent} announce - where a change could not be kept
 */
@customElement('sa-download-settings')
export class DownloadSettings extends LitElement {
  private readonly settings = new Live(this, settingsContext);

  static override readonly styles = [base, panel, switches, choices];

  protected override render(): TemplateResult {
    const { service: settings } = this.settings;
    const { unmeteredOnly, downloadsAtOnce } = settings.current;
    return html`<section aria-labelledby="downloads">
      <h2 id="downloads">Downloads</h2>
      <div class="line">
        <p>
          <label for="unmetered">Only on unmetered networks</label>
          <span id="unmetered-words">${unmeteredWords(settings)}</span>
        </p>
        <input
          id="unmetered"
          type="checkbox"
          role="switch"
          aria-describedby="unmetered-words"
          .checked=${unmeteredOnly}
          @change=${this.switchUnmetered}
        />
      </div>
      <div class="line">
        <p>
          <label for="at-once">Downloads at once</label>
          <span id="at-once-words">${atOnceWords(settings)}</span>
        </p>
        <select id="at-once" aria-describedby="at-once-words" @change=${this.chooseAtOnce}>
          ${[1, 2, 3, 4].map(
            (count) =>
              html`<option value=${count} .selected=${count === downloadsAtOnce}>${count}</option>`,
          )}
        </select>
      </div>
    </section>`;
  }

  private readonly switchUnmetered = async ({ target }: Event): Promise<void> => {
    if (!(target instanceof HTMLInputElement)) return;
    await this.change({ unmeteredOnly: target.checked });
    target.checked = this.settings.service.current.unmeteredOnly;
  };

  private readonly chooseAtOnce = async ({ target }: Event): Promise<void> => {
    if (!(target instanceof HTMLSelectElement)) return;
    await this.change({ downloadsAtOnce: Number(target.value) });
    target.value = String(this.settings.service.current.downloadsAtOnce);
  };

  private async change(change: SettingsChange): Promise<void> {
    const outcome = await this.settings.service.change(change);
    if (!outcome.ok) this.dispatchEvent(new AnnounceEvent(failureText(outcome.failure)));
  }
}

function unmeteredWords({ tellsNetworks }: SettingsKeeper): string {
  return tellsNetworks
    ? 'On a mobile network downloads wait, and go on by themselves on another.'
    : 'This browser does not tell mobile networks from others. Here, downloads wait only while its data saver is on, where it has one.';
}

function atOnceWords({ fetchesByItself }: SettingsKeeper): string {
  return fetchesByItself
    ? 'This browser fetches episodes by itself, and decides that. It counts where Stowaway has to do it.'
    : 'More is faster only where each host is slow.';
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-download-settings': DownloadSettings;
  }
}
