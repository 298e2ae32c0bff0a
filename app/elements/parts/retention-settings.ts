import { ContextConsumer } from '@lit/context';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type GeneralRules, ownRules } from '../../../core/model/retention.ts';
import type { SettingsChange } from '../../../core/model/settings.ts';
import { libraryContext, settingsContext, storageContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { failureText } from '../../failure-text.ts';
import { AnnounceEvent } from '../announce-event.ts';
import { bytes } from '../figures.ts';
import { base } from '../styles/base.ts';
import { choices } from '../styles/choices.ts';
import { controls } from '../styles/controls.ts';
import { panel } from '../styles/panel.ts';
import type { Going, RetentionAnswerEvent } from './retention-question.ts';
import './retention-question.ts';

const COUNTS = [1, 2, 3, 5, 10, 20];
const CAPS_BYTES = [500e6, 1e9, 2e9, 5e9, 10e9, 20e9];
type Rule = keyof GeneralRules;

/** A rule that would delete something: nothing is saved before somebody has seen what. */
interface Preview {
  rule: Rule;
  value: number;
  going: Going;
}

/**
 * What goes by itself to make room. A rule that would let go of something at once shows what, and
 * waits for a word.
 *
 * @fires {AnnounceEvent} announce - where a change could not be kept
 */
@customElement('sa-retention-settings')
export class RetentionSettings extends LitElement {
  @state() private preview: Preview | undefined;
  private readonly settings = new Live(this, settingsContext);
  private readonly library = new ContextConsumer(this, { context: libraryContext });
  private readonly storage = new ContextConsumer(this, { context: storageContext });
  /** Counts the choices: a preview that comes after the next choice is not shown. */
  private choice = 0;

  static override readonly styles = [
    base,
    controls,
    panel,
    choices,
    css`
      .words {
        margin: -6px 0 14px;
        color: var(--quiet);
        font-size: 0.875rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="room">
      <h2 id="room">Making room</h2>
      <p class="words">
        Older episodes can go by themselves when new ones have come. What is in the player or marked
        Keep never goes; what you have partly heard goes last of all.
      </p>
      ${this.renderRule('keepNewest', 'Newest to keep of each podcast', COUNTS, String)}
      ${this.renderRule('capBytes', 'Most that episodes may take', CAPS_BYTES, bytes)}
      ${this.renderPreview()}
    </section>`;
  }

  private renderRule(
    rule: Rule,
    name: string,
    values: readonly number[],
    words: (value: number) => string,
  ): TemplateResult {
    const chosen = this.preview?.rule === rule ? this.preview.value : this.saved[rule];
    return html`<div class="line">
      <p><label for=${rule}>${name}</label></p>
      <select id=${rule} @change=${(event: Event) => this.choose(rule, event).catch((error) => this.giveUp(rule, error))}>
        <option value="" .selected=${chosen === null}>No limit</option>
        ${values.map(
          (value) =>
            html`<option value=${value} .selected=${value === chosen}>${words(value)}</option>`,
        )}
      </select>
    </div>`;
  }

  private renderPreview(): TemplateResult | typeof nothing {
    if (!this.preview) return nothing;
    return html`<sa-retention-question
      .going=${this.preview.going}
      @answer=${this.takeAnswer}
    ></sa-retention-question>`;
  }

  private get saved(): GeneralRules {
    return this.settings.service.current;
  }

  private async choose(rule: Rule, { target }: Event): Promise<void> {
    if (!(target instanceof HTMLSelectElement)) return;
    this.choice += 1;
    const { choice } = this;
    const value = target.value === '' ? null : Number(target.value);
    const { keepNewest, capBytes } = this.saved;
    const subscriptions = await this.library.value?.subscriptions();
    const ofPodcast = ownRules(subscriptions?.values() ?? []);
    const rules = { keepNewest, capBytes, [rule]: value, ofPodcast };
    const going = value === null ? [] : ((await this.storage.value?.whatWouldGo(rules)) ?? []);
    if (choice !== this.choice) return;
    if (value === null || going.length === 0) return this.save(rule, value);
    this.preview = { rule, value, going };
  }

  private readonly takeAnswer = ({ agreed }: RetentionAnswerEvent): void => {
    const { preview } = this;
    if (!preview) return;
    if (agreed) void this.save(preview.rule, preview.value);
    else void this.endPreview(preview.rule);
  };

  private async save(rule: Rule, value: number | null): Promise<void> {
    const change: SettingsChange =
      rule === 'keepNewest' ? { keepNewest: value } : { capBytes: value };
    const outcome = await this.settings.service.change(change);
    if (!outcome.ok) this.dispatchEvent(new AnnounceEvent(failureText(outcome.failure)));
    await this.endPreview(this.preview?.rule);
  }

  /** What it would delete could not be found out, so it stays as it was. */
  private async giveUp(rule: Rule, error: unknown): Promise<void> {
    const failure = { code: 'unexpected', detail: String(error) } as const;
    this.dispatchEvent(new AnnounceEvent(failureText(failure)));
    await this.endPreview(rule);
  }

  /** The keyboard goes back to where the question came from. */
  private async endPreview(rule: Rule | undefined): Promise<void> {
    this.preview = undefined;
    await this.updateComplete;
    for (const name of ['keepNewest', 'capBytes'] as const) {
      const select = this.renderRoot.querySelector<HTMLSelectElement>(`#${name}`);
      if (select) select.value = String(this.saved[name] ?? '');
      if (name === rule) select?.focus();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-retention-settings': RetentionSettings;
  }
}
