import { ContextConsumer } from '@lit/context';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { PodcastId } from '../../../core/model/ids.ts';
import { type OwnRule, ownRules } from '../../../core/model/retention.ts';
import { libraryContext, settingsContext, storageContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { failureText } from '../../failure-text.ts';
import { AnnounceEvent } from '../announce-event.ts';
import { base } from '../styles/base.ts';
import { choices } from '../styles/choices.ts';
import type { Going, RetentionAnswerEvent } from './retention-question.ts';
import './retention-question.ts';

const COUNTS = [1, 2, 3, 5, 10, 20];

/**
 * How many downloaded episodes of one podcast stay, where that is to be otherwise than of all. A rule
 * that would let go of something at once shows what, and waits for a word.
 *
 * @fires {AnnounceEvent} announce - where a change could not be kept
 */
@customElement('sa-podcast-retention')
export class PodcastRetention extends LitElement {
  @property({ attribute: false }) podcastId: PodcastId | undefined;
  /** As it is kept; `null`: as of all podcasts. */
  @property({ attribute: false }) rule: OwnRule | null = null;
  @state() private preview: { rule: OwnRule | null; going: Going } | undefined;
  @query('select') private select!: HTMLSelectElement;
  private readonly library = new Live(this, libraryContext);
  private readonly settings = new Live(this, settingsContext);
  private readonly storage = new ContextConsumer(this, { context: storageContext });
  /** Counts the choices: a preview that comes after the next choice is not shown. */
  private choice = 0;

  static override readonly styles = [
    base,
    choices,
    css`
      :host {
        display: block;
        margin-top: 18px;
        padding-top: 18px;
        border-top: 1px solid var(--line);
      }
      label {
        display: block;
        margin-bottom: 6px;
        font-size: 0.875rem;
        font-weight: 600;
      }
      select {
        width: 100%;
        min-height: 48px;
        border-radius: 14px;
      }
      p {
        margin-top: 8px;
        color: var(--quiet);
        font-size: 0.875rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const chosen = this.preview ? this.preview.rule : this.rule;
    const offered = typeof this.rule === 'number' ? [...new Set([...COUNTS, this.rule])] : COUNTS;
    return html`<label for="stay">Downloaded episodes that stay</label>
      <select id="stay" aria-describedby="stay-words" @change=${() => this.choose().catch(this.giveUp)}>
        <option value="" .selected=${chosen === null}>As in Settings: ${this.generalWords()}</option>
        ${offered.map(
          (count) => html`<option value=${count} .selected=${chosen === count}>
            ${count === 1 ? 'The newest one' : `The newest ${count}`}
          </option>`,
        )}
        <option value="all" .selected=${chosen === 'all'}>All of them</option>
      </select>
      <p id="stay-words">
        ${
          chosen === 'all'
            ? 'None of it goes by itself, also where all episodes together take more than they may.'
            : 'What is in the player or marked Keep never goes.'
        }
      </p>
      ${
        this.preview
          ? html`<sa-retention-question
              .going=${this.preview.going}
              @answer=${this.takeAnswer}
            ></sa-retention-question>`
          : nothing
      }`;
  }

  private generalWords(): string {
    const { keepNewest } = this.settings.service.current;
    if (keepNewest === null) return 'no limit';
    return keepNewest === 1 ? 'the newest one' : `the newest ${keepNewest}`;
  }

  private async choose(): Promise<void> {
    const { podcastId } = this;
    if (!podcastId) return;
    this.choice += 1;
    const { choice } = this;
    const rule = readRule(this.select.value);
    const { keepNewest, capBytes } = this.settings.service.current;
    const ofPodcast = ownRules((await this.library.service.subscriptions()).values());
    if (rule === null) ofPodcast.delete(podcastId);
    else ofPodcast.set(podcastId, rule);
    const rules = { keepNewest, capBytes, ofPodcast };
    const going = (await this.storage.value?.whatWouldGo(rules)) ?? [];
    if (choice !== this.choice) return;
    if (going.length === 0) await this.save(rule);
    else this.preview = { rule, going };
  }

  /** What it would delete could not be found out, so it stays as it was. */
  private readonly giveUp = async (error: unknown): Promise<void> => {
    const failure = { code: 'unexpected', detail: String(error) } as const;
    this.dispatchEvent(new AnnounceEvent(failureText(failure)));
    await this.endPreview();
  };

  private readonly takeAnswer = async ({ agreed }: RetentionAnswerEvent): Promise<void> => {
    const { preview } = this;
    if (agreed && preview) await this.save(preview.rule);
    await this.endPreview();
    // The keyboard goes back to where the question came from.
    this.select.focus();
  };

  private async save(rule: OwnRule | null): Promise<void> {
    if (!this.podcastId) return;
    const outcome = await this.library.service.follow(this.podcastId, { keepNewest: rule });
    if (outcome.ok) this.rule = rule;
    else this.dispatchEvent(new AnnounceEvent(failureText(outcome.failure)));
    await this.endPreview();
  }

  private async endPreview(): Promise<void> {
    this.preview = undefined;
    await this.updateComplete;
    this.select.value = String(this.rule ?? '');
  }
}

function readRule(value: string): OwnRule | null {
  if (value === '') return null;
  return value === 'all' ? 'all' : Number(value);
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-podcast-retention': PodcastRetention;
  }
}
