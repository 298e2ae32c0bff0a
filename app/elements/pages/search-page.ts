import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { libraryContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { podcastsById } from '../parts/podcasts-by-id.ts';
import { readFailure } from '../parts/read-failure.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import '../notice.ts';
import '../parts/episode-list.ts';

const MOST = 100;

/** Finds episodes of what is subscribed, by the words of their title or podcast. Works offline. */
@customElement('sa-search-page')
export class SearchPage extends LitElement {
  @state() private words = '';
  private readonly library = new Live(this, libraryContext);
  private readonly found = new LiveRows(this, {
    live: this.library,
    args: () => [this.words],
    read: async (library, words) => {
      const [episodes, podcasts] = await Promise.all([
        words === '' ? [] : library.search(words, MOST),
        podcastsById(library),
      ]);
      return { words, episodes, podcasts };
    },
  });

  static override readonly styles = [
    base,
    controls,
    page,
    css`
      .field {
        max-width: 560px;
      }
      label {
        display: block;
        margin-bottom: 6px;
        font-size: 0.875rem;
        font-weight: 600;
      }
      .count {
        min-height: 1.5em;
        margin: 14px 0 0;
        color: var(--quiet);
        font-size: 0.875rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { rows } = this.found;
    if (!rows && this.found.error) return readFailure(this.found);
    const empty = rows !== undefined && rows.words !== '' && rows.episodes.length === 0;
    return html`<div class="head"><h1 tabindex="-1">Search</h1></div>
      <form role="search" @submit=${(event: Event) => event.preventDefault()}>
        <label for="words">Words in a title</label>
        <input
          id="words"
          class="field"
          type="search"
          autocomplete="off"
          enterkeyhint="search"
          @input=${this.type}
        />
      </form>
      <p class="count figures" role="status">${rows?.words ? counted(rows.episodes.length) : nothing}</p>
      ${
        this.words === ''
          ? html`<sa-notice sign="search" heading="Search what you subscribe to">
              By the words of an episode’s title or its podcast. It works without a connection.
            </sa-notice>`
          : nothing
      }
      ${
        empty && this.words !== ''
          ? html`<sa-notice sign="search" heading="Nothing found">
              No episode has “${rows.words}” in its title. Try fewer or shorter words.
            </sa-notice>`
          : nothing
      }
      ${
        rows && this.words !== ''
          ? html`<sa-episode-list
              .episodes=${rows.episodes}
              .podcasts=${rows.podcasts}
            ></sa-episode-list>`
          : nothing
      }`;
  }

  private readonly type = (event: Event): void => {
    // No delay: a reading that is under way takes the latest words when it has ended.
    if (event.target instanceof HTMLInputElement) this.words = event.target.value.trim();
  };
}

function counted(count: number): string {
  if (count === 0) return 'No episodes';
  if (count >= MOST) return `The newest ${MOST} episodes`;
  return count === 1 ? '1 episode' : `${count} episodes`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-search-page': SearchPage;
  }
}
