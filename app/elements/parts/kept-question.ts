import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { settingsContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { directoryStyles } from './directory-styles.ts';

/** Says that a question waits for a network, and offers to tell when it is answered. */
@customElement('sa-kept-question')
export class KeptQuestion extends LitElement {
  @property() words = '';
  private readonly settings = new Live(this, settingsContext);

  static override readonly styles = [base, controls, directoryStyles];

  protected override render(): TemplateResult {
    const { service: settings } = this.settings;
    const told =
      settings.notifications === 'granted' ? ', with a notification if nobody looks' : '';
    return html`<p class="note quiet">
        Waiting for network. All podcasts are searched for “${this.words}” when there is one, and the
        answer is kept here${told}.
      </p>
      ${
        settings.notifications === 'default'
          ? html`<button type="button" class="button" @click=${() => settings.askToNotify()}>
              Tell me when it is answered
            </button>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-kept-question': KeptQuestion;
  }
}
