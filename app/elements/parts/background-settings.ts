import { html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { SettingsChange } from '../../../core/model/settings.ts';
import type { WakeUp } from '../../../core/model/wake-up.ts';
import {
  type SettingsKeeper,
  settingsContext,
  type WakeUps,
  wakeUpsContext,
} from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { failureText } from '../../failure-text.ts';
import { AnnounceEvent } from '../announce-event.ts';
import { moment } from '../figures.ts';
import { base } from '../styles/base.ts';
import { panel } from '../styles/panel.ts';
import { switches } from '../styles/switches.ts';

/** What happens while nobody looks: notifications, and when the browser wakes the app. */
@customElement('sa-background-settings')
export class BackgroundSettings extends LitElement {
  private readonly settings = new Live(this, settingsContext);
  private readonly wakeUps = new Live(this, wakeUpsContext);
  private readonly last = new LiveRows(this, {
    live: this.wakeUps,
    args: () => [],
    read: async (wakeUps) => (await wakeUps.received(1))[0],
  });

  static override readonly styles = [base, panel, switches];

  protected override render(): TemplateResult {
    const { service: settings } = this.settings;
    const allowed = settings.notifications === 'granted';
    const possible = allowed || settings.notifications === 'default';
    return html`<section aria-labelledby="background">
      <h2 id="background">In the background</h2>
      <div class="line">
        <p>
          <label for="announce">Announce new episodes</label>
          <span id="announce-words">${announceWords(settings)}</span>
        </p>
        <input
          id="announce"
          type="checkbox"
          role="switch"
          aria-describedby="announce-words"
          .checked=${allowed && settings.current.announceNew}
          ?disabled=${!possible}
          @change=${this.switchAnnouncements}
        />
      </div>
      <div class="line">
        <p>
          <label for="notify">Tell me when a download is finished</label>
          <span id="notify-words">${notificationWords(settings)}</span>
        </p>
        <input
          id="notify"
          type="checkbox"
          role="switch"
          aria-describedby="notify-words"
          .checked=${allowed && settings.current.notifyFinished}
          ?disabled=${!possible}
          @change=${this.switchNotifications}
        />
      </div>
      <div class="line">
        <p>While Stowaway is closed <span>${abilityWords(this.wakeUps.service)}</span></p>
      </div>
      <div class="line">
        <p>
          Last woken by the browser
          <span class="figures">${this.last.rows ? wakeUpWords(this.last.rows) : 'Not yet.'}</span>
        </p>
      </div>
    </section>`;
  }

  private readonly switchNotifications = ({ target }: Event) =>
    this.switch(target, 'notifyFinished', (notifyFinished) => ({ notifyFinished }));

  private readonly switchAnnouncements = ({ target }: Event) =>
    this.switch(target, 'announceNew', (announceNew) => ({ announceNew }));

  private async switch(
    target: EventTarget | null,
    setting: 'notifyFinished' | 'announceNew',
    changeTo: (on: boolean) => SettingsChange,
  ): Promise<void> {
    if (!(target instanceof HTMLInputElement)) return;
    const { service: settings } = this.settings;
    const on = target.checked;
    if (on) await settings.askToNotify();
    if (!on || settings.notifications === 'granted') {
      const outcome = await settings.change(changeTo(on));
      if (!outcome.ok) this.dispatchEvent(new AnnounceEvent(failureText(outcome.failure)));
    }
    // Whatever became of it: the switch stands as things are, also where nothing has changed.
    target.checked = settings.notifications === 'granted' && settings.current[setting];
  }
}

function announceWords({ notifications }: SettingsKeeper): string {
  const words = 'One notification for all, and their number on the app’s icon.';
  switch (notifications) {
    case 'missing':
    case 'denied':
      return 'Needs notifications.';
    case 'default':
      return `${words} The browser will ask you first.`;
    case 'granted':
      return `${words} A podcast can be left out on its page.`;
  }
}

function notificationWords({ notifications }: SettingsKeeper): string {
  switch (notifications) {
    case 'missing':
      return 'This browser has no notifications.';
    case 'denied':
      return 'This browser blocks notifications of Stowaway. Allow them in its settings first.';
    case 'default':
      return 'A notification when no Stowaway window is in sight. The browser will ask you first.';
    case 'granted':
      return 'A notification when no Stowaway window is in sight.';
  }
}

function abilityWords({ sync, periodicSync }: WakeUps): string {
  const canSync = sync === 'idle' || sync === 'registered';
  if (periodicSync === 'registered') {
    return 'The browser looks for new episodes now and then, and goes on with what waits when a connection is back.';
  }
  if (!canSync) {
    return 'This browser does not wake closed apps. Everything goes on when you open Stowaway.';
  }
  return periodicSync === 'refused'
    ? 'What waits for a connection goes on when it is back. New episodes are looked for once Stowaway is installed and used.'
    : 'What waits for a connection goes on when it is back. New episodes are looked for when you open Stowaway.';
}

const REASONS: Record<WakeUp['by'], string> = {
  sync: 'a connection was back',
  periodicsync: 'time to look for new episodes',
};

const OUTCOMES: Record<WakeUp['outcome'], string> = {
  begun: 'under way, or cut short',
  done: 'all done',
  left: 'some of it is left for the next time',
  failed: 'it failed, and will be tried again',
};

function wakeUpWords({ at, by, outcome }: WakeUp): string {
  return `${moment(at)}: ${REASONS[by]}, ${OUTCOMES[outcome]}.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-background-settings': BackgroundSettings;
  }
}
