import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  type DirectoryResult,
  type DirectorySearch,
  searchKey,
} from '../../../core/model/directory-search.ts';
import type { Failure } from '../../../core/model/failure.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import { libraryContext, outboxContext, type Search, statusContext } from '../../contexts.ts';
import { DirectoryQuestions } from '../../controllers/directory-questions.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { Spoken } from '../../controllers/spoken.ts';
import { failureText } from '../../failure-text.ts';
import type { SubscribeFoundEvent } from '../directory-row.ts';
import { date } from '../figures.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import { directoryStyles } from './directory-styles.ts';
import { rowBones } from './row-bones.ts';
import '../directory-row.ts';
import './kept-question.ts';

/** Words that somebody is still typing are nobody else's business. */
const PAUSE_MS = 800;
const FEWEST_SIGNS = 3;
/** What was answered later than that is not asked for again by itself. */
const FRESH_MS = 60 * 60_000;

interface Known {
  words: string;
  answer: DirectorySearch | undefined;
  /** Who is in the library, by id and by address. */
  subscribed: ReadonlyMap<string, PodcastId>;
}

/**
 * What the directory of all podcasts knows of the words: asked when typing has paused, or at once by
 * `ask`. The last answer is shown from its row, also without a connection.
 */
@customElement('sa-directory-results')
export class DirectoryResults extends LitElement {
  /** Set before the element is connected, and never changed. */
  @property({ attribute: false }) search!: Search;
  @property() words = '';
  @state() private subscribing: ReadonlyMap<PodcastId, 'busy' | Failure> = new Map();
  private readonly library = new Live(this, libraryContext);
  private readonly status = new Live(this, statusContext);
  private readonly outbox = new LiveRows(this, {
    live: new Live(this, outboxContext),
    args: () => [],
    read: (outbox) => outbox.entries(),
  });
  private readonly questions = new DirectoryQuestions(this, () => this.search);
  private readonly spoken = new Spoken(this);
  private readonly known: LiveRows<Search, [string], Known>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wasOnline = true;
  private summary: string | undefined;

  static override readonly styles = [base, controls, page, directoryStyles];

  constructor() {
    super();
    const self = this;
    this.known = new LiveRows(this, {
      live: {
        get service() {
          return self.search;
        },
      },
      args: () => [this.words],
      read: async (search, words) => {
        const answer = await search.answer(words);
        const found = answer && answer.results.length > 0;
        const podcasts = found ? await this.library.service.podcasts() : [];
        const entries = podcasts.flatMap(({ id, feedUrl }) => [
          [id, id] as const,
          [feedUrl, id] as const,
        ]);
        return { words, answer, subscribed: new Map(entries) };
      },
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { online } = this.status.service;
    const isBack = online && !this.wasOnline;
    this.wasOnline = online;
    if (changed.has('words')) this.subscribing = new Map();
    if (!changed.has('words') && !isBack) return;
    clearTimeout(this.timer);
    if (this.words.length < FEWEST_SIGNS) return;
    this.timer = setTimeout(() => void this.askIfStale(), PAUSE_MS);
  }

  protected override updated(): void {
    const { rows } = this.known;
    if (!rows || this.questions.asking !== undefined || rows.words !== this.words) return;
    const { answeredAt, results = [] } = rows.answer ?? {};
    const failure = this.questions.failureOf(this.words, rows.answer);
    const failed = failure && results.length === 0 ? failureText(failure) : undefined;
    const summary =
      failed ??
      (answeredAt !== undefined ? `In the directory: ${counted(results.length)}.` : undefined);
    // Not again after something else was said.
    if (summary && summary !== this.summary) this.spoken.say(summary);
    this.summary = summary;
  }

  /** At once, however fresh the last answer is. `keep`: a person wants it, also later. */
  async ask({ keep } = { keep: true }): Promise<void> {
    clearTimeout(this.timer);
    await this.questions.ask(this.words, keep);
  }

  private async askIfStale(): Promise<void> {
    if (!this.status.service.online) return;
    const answeredAt = (await this.search.answer(this.words))?.answeredAt;
    // A clock that was set back must not keep an answer for years.
    const isFresh = answeredAt !== undefined && Math.abs(Date.now() - answeredAt) < FRESH_MS;
    if (!isFresh && this.isConnected) await this.ask({ keep: false });
  }

  protected override render(): TemplateResult {
    const { asking } = this.questions;
    return html`<section aria-labelledby="heading" aria-busy=${asking ? 'true' : 'false'}>
        <div class="heading">
          <h2 id="heading">All podcasts</h2>
          ${asking ? html`<p class="quiet">Searching…</p>` : nothing}
        </div>
        ${this.renderBody()}
      </section>
      <p class="unseen" role="status">${this.spoken.text}</p>`;
  }

  private renderBody(): TemplateResult | typeof nothing {
    const { rows } = this.known;
    const { asking } = this.questions;
    if (!rows || rows.words !== this.words) return asking ? rowBones(3) : nothing;
    const { answer } = rows;
    const failure = this.questions.failureOf(this.words, answer);
    const { online } = this.status.service;
    if (answer?.answeredAt && answer.results.length > 0) {
      return html`${this.renderAge(answer)}${this.renderList(rows, answer.results)}`;
    }
    if (asking) return rowBones(3);
    if (this.isKept) return html`<sa-kept-question .words=${this.words}></sa-kept-question>`;
    // This window has nobody to ask, however often.
    if (failure?.code === 'worker-missing') return this.renderWords(failureText(failure));
    if (!online) {
      return this.renderWords(
        'There is no connection, so only your library can be searched just now. Press Enter, and all podcasts are searched when there is one.',
      );
    }
    if (failure) return this.renderFailure(failure);
    if (answer?.answeredAt) {
      return this.renderWords(
        `No podcast was found for “${this.words}”. Try fewer or other words.`,
      );
    }
    return this.renderWords('Press Enter to search for podcasts that you do not have yet.');
  }

  /** An answer that is not of now says so. */
  private renderAge(answer: DirectorySearch): TemplateResult | typeof nothing {
    const { online } = this.status.service;
    const failure = this.questions.failureOf(this.words, answer);
    if (this.questions.asking || (online && !failure)) return nothing;
    const why = online && failure ? failureText(failure) : 'There is no connection.';
    return html`<p class="note quiet">${why} This was found on ${date(answer.answeredAt ?? 0)}.</p>`;
  }

  /** Asked without a network, and still to be answered. */
  private get isKept(): boolean {
    const query = searchKey(this.words);
    return (this.outbox.rows ?? []).some(
      ({ mutation }) => mutation.kind === 'search' && mutation.query === query,
    );
  }

  private renderWords(words: string): TemplateResult {
    return html`<p class="note quiet">${words}</p>`;
  }

  private renderFailure(failure: Failure): TemplateResult {
    return html`<p class="note quiet">${failureText(failure)}</p>
      <button type="button" class="button" @click=${() => this.ask()}>Try again</button>`;
  }

  private renderList(known: Known, results: readonly DirectoryResult[]): TemplateResult {
    return html`<ul role="list" @subscribe-found=${this.subscribe}>
      ${repeat(
        results,
        ({ id }) => id,
        (result) => html`<li>${this.renderRow(known, result)}</li>`,
      )}
    </ul>`;
  }

  private renderRow({ subscribed }: Known, result: DirectoryResult): TemplateResult {
    const { id, subscribedAs, feedUrl } = result;
    const state = this.subscribing.get(id);
    return html`<sa-directory-row
      .result=${result}
      .artworkUrl=${this.library.service.foundArtworkUrl(this.words, result)}
      .subscribedAs=${subscribed.get(subscribedAs ?? id) ?? subscribed.get(feedUrl)}
      .busy=${state === 'busy'}
      .failure=${state === 'busy' ? undefined : state}
    ></sa-directory-row>`;
  }

  private readonly subscribe = async ({ podcastId }: SubscribeFoundEvent): Promise<void> => {
    const { words } = this;
    this.note(podcastId, 'busy');
    const outcome = await this.library.service.subscribeFound(words, podcastId);
    // The row says Subscribed once the rows do.
    if (outcome.ok) this.known.read();
    this.note(podcastId, outcome.ok ? undefined : outcome.failure);
    const title = this.known.rows?.answer?.results.find(({ id }) => id === podcastId)?.title;
    if (outcome.ok && title) this.spoken.say(`Subscribed to ${title}.`);
  };

  private note(id: PodcastId, state: 'busy' | Failure | undefined): void {
    const next = new Map(this.subscribing);
    if (state) next.set(id, state);
    else next.delete(id);
    this.subscribing = next;
  }
}

function counted(count: number): string {
  if (count === 0) return 'no podcasts';
  return count === 1 ? '1 podcast' : `${count} podcasts`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-directory-results': DirectoryResults;
  }
}
