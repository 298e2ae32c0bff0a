import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Podcast } from '../../../core/model/podcast.ts';
import { type FoundHere, libraryContext, type Search } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { Spoken } from '../../controllers/spoken.ts';
import { href } from '../../router.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import '../artwork.ts';
import '../notice.ts';
import './episode-list.ts';

/** Few, so that they are drawn within one keystroke, and what other podcasts there are is near. */
const FIRST = 5;
const STEP = 20;

/**
 * What the library holds of the words: at each keystroke, and without a connection.
 *
 * @fires {Event} reopen - the rows could not be read, and the user wants another try
 */
@customElement('sa-library-results')
export class LibraryResults extends LitElement {
  /** Set before the element is connected, and never changed. */
  @property({ attribute: false }) search!: Search;
  @property() words = '';
  @state() private most = FIRST;
  private readonly library = new Live(this, libraryContext);
  private readonly spoken = new Spoken(this);
  private readonly found: LiveRows<Search, [string, number], FoundHere & { words: string }>;

  static override readonly styles = [
    base,
    controls,
    page,
    css`
      :host {
        max-width: none;
        padding: 0;
      }
      .podcasts {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
        gap: 4px 20px;
        margin-bottom: 8px;
      }
      .podcasts a {
        display: grid;
        grid-template-columns: 56px minmax(0, 1fr);
        align-items: center;
        gap: 14px;
        padding: 8px 0;
        color: var(--ink);
        text-decoration: none;
      }
      .podcasts sa-artwork {
        --artwork-radius: 10px;
      }
      .podcasts a:hover strong {
        text-decoration: underline;
      }
      strong,
      .podcasts span {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      strong {
        font-weight: 650;
      }
      .podcasts .quiet {
        font-size: 0.8125rem;
      }
      .none {
        padding: 8px 0;
      }
    `,
  ];

  constructor() {
    super();
    const self = this;
    this.found = new LiveRows(this, {
      live: {
        get service() {
          return self.search;
        },
      },
      args: () => [this.words, this.most],
      read: async (search, words, most) => ({ words, ...(await search.find(words, most)) }),
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another question begins with its best answers again.
    if (changed.has('words')) this.most = FIRST;
  }

  protected override updated(): void {
    const { rows } = this.found;
    if (rows && rows.words === this.words) {
      this.spoken.say(`In your library: ${this.summary(rows) || 'nothing found'}.`);
    }
  }

  protected override render(): TemplateResult {
    const { rows } = this.found;
    if (!rows && this.found.error) return this.renderBroken();
    const isEmpty = rows?.podcasts.length === 0 && rows.episodeCount === 0;
    const isBusy = rows?.words !== this.words;
    return html`<section aria-labelledby="heading" aria-busy=${isBusy ? 'true' : 'false'}>
        <div class="heading">
          <h2 id="heading">In your library</h2>
          <p class="quiet figures">${rows ? this.summary(rows) : nothing}</p>
        </div>
        ${isEmpty ? this.renderNone(rows) : nothing}
        ${rows && rows.podcasts.length > 0 ? this.renderPodcasts(rows.podcasts) : nothing}
        ${
          rows && rows.episodes.length > 0
            ? html`<sa-episode-list
                .episodes=${rows.episodes}
                .podcasts=${rows.podcastOf}
              ></sa-episode-list>`
            : nothing
        }
        ${rows && rows.episodeCount > rows.episodes.length ? this.renderMore() : nothing}
      </section>
      <p class="unseen" role="status">${this.spoken.text}</p>`;
  }

  private renderBroken(): TemplateResult {
    return html`<div role="alert">
      <sa-notice sign="alert" heading="Your library does not answer">
        The browser’s storage could not be read just now. Nothing is lost by trying again.
        <button
          slot="action"
          type="button"
          class="button"
          @click=${() => this.dispatchEvent(new Event('reopen'))}
        >
          Try again
        </button>
      </sa-notice>
    </div>`;
  }

  private renderNone(rows: { words: string }): TemplateResult {
    return html`<p class="none quiet">
      ${
        this.search.reading
          ? 'Your library is still being read…'
          : `Nothing here has “${rows.words}” in its title or notes.`
      }
    </p>`;
  }

  private renderPodcasts(podcasts: readonly Podcast[]): TemplateResult {
    return html`<ul class="podcasts" role="list">
      ${repeat(
        podcasts,
        ({ id }) => id,
        (podcast) => html`<li>
          <a href=${href({ page: 'podcast', id: podcast.id })}>
            <sa-artwork
              .src=${this.library.service.artworkUrl(podcast)}
              .name=${podcast.title}
            ></sa-artwork>
            <span>
              <strong>${podcast.title}</strong>
              ${podcast.author ? html`<span class="quiet">${podcast.author}</span>` : nothing}
            </span>
          </a>
        </li>`,
      )}
    </ul>`;
  }

  private renderMore(): TemplateResult {
    return html`<div class="more">
      <button
        type="button"
        class="button"
        @click=${() => {
          this.most += STEP;
        }}
      >
        Show more
      </button>
    </div>`;
  }

  private summary({ podcasts, episodeCount }: FoundHere): string {
    const parts = [counted(podcasts.length, 'podcast'), counted(episodeCount, 'episode')].filter(
      Boolean,
    );
    return parts.join(', ') + (parts.length > 0 && this.search.reading ? ' so far' : '');
  }
}

function counted(count: number, what: string): string {
  if (count === 0) return '';
  return `${count.toLocaleString()} ${what}${count === 1 ? '' : 's'}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-library-results': LibraryResults;
  }
}
