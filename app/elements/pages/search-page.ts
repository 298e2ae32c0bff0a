import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { Searching } from '../../controllers/searching.ts';
import { href, parseRoute } from '../../router.ts';
import { icon } from '../icon.ts';
import type { DirectoryResults } from '../parts/directory-results.ts';
import { partMissing } from '../parts/part-missing.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import { searchStyles } from './search-styles.ts';
import '../notice.ts';
import '../parts/directory-results.ts';
import '../parts/library-results.ts';

/** Browsers refuse to take an address for each letter that is typed. */
const ADDRESS_AFTER_MS = 400;

/** One field: for the library as one types, and for all podcasts when one pauses or presses Enter. */
@customElement('sa-search-page')
export class SearchPage extends LitElement {
  @state() private words = wordsInAddress();
  private readonly searching = new Searching(this);
  @query('input') private input!: HTMLInputElement;
  @query('sa-directory-results') private directory!: DirectoryResults | null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  static override readonly styles = [base, controls, page, searchStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.follow);
    clearTimeout(this.timer);
  }

  protected override render(): TemplateResult {
    const { search, isMissing } = this.searching;
    if (isMissing) {
      return html`<h1 tabindex="-1" class="unseen">Search</h1>
        <div role="alert">${partMissing()}</div>`;
    }
    return html`<div class="head"><h1 tabindex="-1">Search</h1></div>
      <form role="search" @submit=${this.submit}>
        <label for="words">Podcasts, episodes and show notes</label>
        <div class="line">
          ${icon('search')}
          <input
            id="words"
            class="field"
            type="search"
            autocomplete="off"
            autocapitalize="none"
            enterkeyhint="search"
            maxlength="200"
            .value=${this.words}
            @input=${this.type}
            @blur=${this.writeAddress}
          />
          ${this.words ? this.renderClear() : nothing}
        </div>
      </form>
      ${
        search && this.words.trim() !== ''
          ? html`<sa-library-results
                .search=${search}
                .words=${this.words.trim()}
                @reopen=${this.searching.open}
              ></sa-library-results>
              <sa-directory-results
                .search=${search}
                .words=${this.words.trim()}
              ></sa-directory-results>`
          : nothing
      }
      ${
        this.words.trim() === ''
          ? html`<sa-notice sign="search" heading="Find something to listen to">
              What you have is found as you type, without a connection too. For podcasts that you do not
              have yet, the words are sent to a public directory.
            </sa-notice>`
          : nothing
      }`;
  }

  private renderClear(): TemplateResult {
    return html`<button type="button" class="round" aria-label="Clear" @click=${this.clear}>
      ${icon('cancel')}
    </button>`;
  }

  private readonly type = (): void => {
    // No delay: a search that is under way takes the latest words when it has ended.
    this.words = this.input.value;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.writeAddress, ADDRESS_AFTER_MS);
  };

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    this.writeAddress();
    void this.directory?.ask();
  };

  private readonly clear = (): void => {
    this.words = '';
    this.writeAddress();
    this.input.focus();
  };

  /** For a reload and for the way back. Not an entry of its own for each word. */
  private readonly writeAddress = (): void => {
    clearTimeout(this.timer);
    const words = this.words.trim();
    if (words === wordsInAddress()) return;
    history.replaceState(
      history.state,
      '',
      href(words ? { page: 'search', words } : { page: 'search' }),
    );
  };

  /** The link to this very page, or an address that somebody typed. */
  private readonly follow = (): void => {
    if (parseRoute(location.hash).page === 'search') this.words = wordsInAddress();
  };
}

function wordsInAddress(): string {
  const route = parseRoute(location.hash);
  return 'words' in route ? route.words : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-search-page': SearchPage;
  }
}
