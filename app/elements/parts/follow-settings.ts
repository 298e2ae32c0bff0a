import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AutoDownload } from '../../../core/model/auto-download.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import { freshSubscription, type SubscriptionChange } from '../../../core/model/subscription.ts';
import { libraryContext, settingsContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { failureText } from '../../failure-text.ts';
import { AnnounceEvent } from '../announce-event.ts';
import { icon } from '../icon.ts';
import { base } from '../styles/base.ts';
import { choices } from '../styles/choices.ts';
import { controls } from '../styles/controls.ts';
import { panel } from '../styles/panel.ts';
import { switches } from '../styles/switches.ts';
import { followStyles } from './follow-styles.ts';
import { previewWords, summaryWords } from './follow-words.ts';

const RETENTION_MISSING =
  'How many downloaded episodes stay cannot be shown just now. Reload the page when there is a connection.';

const COUNTS = [1, 2, 3, 5, 10, 20];

/** What becomes of a podcast's new episodes: whether they are announced, and which come by themselves. */
@customElement('sa-follow-settings')
export class FollowSettings extends LitElement {
  @property({ attribute: false }) podcastId: PodcastId | undefined;
  /** What few people open comes when they do. */
  @property({ attribute: false }) loadRetention = (): Promise<unknown> =>
    import('./podcast-retention.ts');
  /** What was decided a moment ago, until it is a row. */
  @state() private draft: AutoDownload | undefined;
  @state() private retentionMissing = false;
  private readonly library = new Live(this, libraryContext);
  private readonly settings = new Live(this, settingsContext);
  private readonly rows = new LiveRows(this, {
    live: this.library,
    args: () => [this.podcastId, this.draft],
    read: async (library, podcastId, draft) => {
      if (!podcastId) return undefined;
      const subscriptions = await library.subscriptions();
      const subscription = subscriptions.get(podcastId) ?? freshSubscription(podcastId);
      const rules = draft ?? subscription.autoDownload;
      // The switches work without it.
      const preview = await library.previewAutoDownload(podcastId, rules).catch(() => undefined);
      return { subscription, preview };
    },
  });

  static override readonly styles = [base, controls, panel, switches, choices, followStyles];

  protected override willUpdate(): void {
    const stored = this.rows.rows?.subscription.autoDownload;
    if (this.draft && JSON.stringify(stored) === JSON.stringify(this.draft)) this.draft = undefined;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { rows } = this.rows;
    if (!rows) return nothing;
    const { subscription, preview } = rows;
    const rules = this.draft ?? subscription.autoDownload;
    const announces = this.settings.service.current.announceNew;
    return html`<section aria-labelledby="follow">
      <details @toggle=${this.opened}>
        <summary>
          <span>
            <h2 id="follow">New episodes</h2>
            <span class="state">${summaryWords(subscription, rules, announces)}</span>
          </span>
          ${icon('down')}
        </summary>
        <div class="lines">
          ${renderSwitch({
            id: 'announce',
            label: 'Announce its new episodes',
            words: announces
              ? 'By a notification and the number on the app’s icon.'
              : 'Once announcements are switched on in Settings.',
            checked: subscription.announce,
            onChange: (announce) => this.follow({ announce }),
          })}
          ${renderSwitch({
            id: 'auto',
            label: 'Download new episodes by itself',
            words: previewWords(rules, preview),
            checked: rules.on,
            onChange: (on) => this.decide({ on }),
          })}
        </div>
        ${this.renderRules(rules)}
        ${renderSwitch({
          id: 'unmetered',
          label: 'Only on networks without data limits',
          words: 'What comes by itself waits for Wi-Fi, where the browser can tell.',
          checked: rules.onlyUnmetered,
          onChange: (onlyUnmetered) => this.decide({ onlyUnmetered }),
        })}
        ${this.retentionMissing ? html`<p class="missing" role="status">${RETENTION_MISSING}</p>` : nothing}
        <sa-podcast-retention
          .podcastId=${this.podcastId}
          .rule=${subscription.keepNewest}
        ></sa-podcast-retention>
      </details>
    </section>`;
  }

  private renderRules(rules: AutoDownload): TemplateResult {
    return html`<div class="fields">
      <div class="wide">
        <label for="newest">At most at once</label>
        <select
          id="newest"
          .value=${String(rules.newest)}
          @change=${({ target }: Event) => this.decide({ newest: Number(typedIn(target)) })}
        >
          ${COUNTS.map(
            (count) => html`<option value=${count} ?selected=${count === rules.newest}>
              ${count === 1 ? 'The newest one' : `The newest ${count}`}
            </option>`,
          )}
        </select>
      </div>
      ${this.renderMinutes('shortest', 'Minutes, at least', rules.minDurationS, (s) => ({ minDurationS: s }))}
      ${this.renderMinutes('longest', 'Minutes, at most', rules.maxDurationS, (s) => ({ maxDurationS: s }))}
      ${this.renderWords('has', 'Title contains', rules.titleHas, (titleHas) => ({ titleHas }))}
      ${this.renderWords('lacks', 'Title does not contain', rules.titleLacks, (titleLacks) => ({ titleLacks }))}
    </div>`;
  }

  private renderMinutes(
    id: string,
    label: string,
    seconds: number | null,
    change: (seconds: number | null) => Partial<AutoDownload>,
  ): TemplateResult {
    const take = ({ target }: Event) => {
      const minutes = Number.parseFloat(typedIn(target));
      this.decide(change(minutes > 0 ? Math.min(minutes, 9999) * 60 : null));
    };
    return html`<div>
      <label for=${id}>${label}</label>
      <input
        id=${id}
        class="field"
        type="number"
        inputmode="numeric"
        min="0"
        max="9999"
        placeholder="Any"
        .value=${seconds === null ? '' : String(seconds / 60)}
        @change=${take}
      />
    </div>`;
  }

  private renderWords(
    id: string,
    label: string,
    words: string,
    change: (words: string) => Partial<AutoDownload>,
  ): TemplateResult {
    return html`<div class="words">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        class="field"
        type="text"
        maxlength="200"
        autocomplete="off"
        .value=${words}
        @change=${({ target }: Event) => this.decide(change(typedIn(target).trim()))}
      />
    </div>`;
  }

  /** Where it did not come, the next opening tries again. */
  private readonly opened = async (): Promise<void> => {
    try {
      await this.loadRetention();
      this.retentionMissing = false;
    } catch (error) {
      console.warn('how many downloads stay cannot be shown', error);
      this.retentionMissing = true;
    }
  };

  private decide(change: Partial<AutoDownload>): void {
    const stored = this.rows.rows?.subscription.autoDownload;
    if (!stored) return;
    const autoDownload = { ...stored, ...this.draft, ...change };
    this.draft = autoDownload;
    void this.follow({ autoDownload });
  }

  private async follow(change: SubscriptionChange): Promise<void> {
    if (!this.podcastId) return;
    const outcome = await this.library.service.follow(this.podcastId, change);
    if (outcome.ok) return;
    this.draft = undefined;
    this.dispatchEvent(new AnnounceEvent(failureText(outcome.failure)));
  }
}

function renderSwitch(options: {
  id: string;
  label: string;
  words: string;
  checked: boolean;
  onChange(checked: boolean): void;
}): TemplateResult {
  const { id, label, words, checked, onChange } = options;
  const take = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) onChange(target.checked);
  };
  return html`<div class="line">
    <p>
      <label for=${id}>${label}</label>
      <span id="${id}-words">${words}</span>
    </p>
    <input
      id=${id}
      type="checkbox"
      role="switch"
      aria-describedby="${id}-words"
      .checked=${checked}
      @change=${take}
    />
  </div>`;
}

function typedIn(target: EventTarget | null): string {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
  return isField ? target.value : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-follow-settings': FollowSettings;
  }
}
