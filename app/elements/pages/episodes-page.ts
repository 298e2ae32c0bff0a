import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { libraryContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { NewMarks } from '../../controllers/new-marks.ts';
import { href } from '../../router.ts';
import { podcastsById } from '../parts/podcasts-by-id.ts';
import { readFailure } from '../parts/read-failure.ts';
import { rowBones } from '../parts/row-bones.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import '../notice.ts';
import '../parts/episode-list.ts';
import '../parts/refresh-all.ts';

const STEP = 50;

/** The newest episodes of everything that is subscribed. */
@customElement('sa-episodes-page')
export class EpisodesPage extends LitElement {
  @state() private limit = STEP;
  private readonly library = new Live(this, libraryContext);
  private readonly rows = new LiveRows(this, {
    live: this.library,
    args: () => [this.limit],
    read: async (library, limit) => {
      const [episodes, podcasts] = await Promise.all([
        library.episodes({ limit: limit + 1 }),
        podcastsById(library),
      ]);
      return { episodes, podcasts };
    },
  });

  private readonly marks = new NewMarks(this, this.library);

  static override readonly styles = [base, controls, page];

  protected override render(): TemplateResult {
    const { rows } = this.rows;
    if (!rows && this.rows.error) return readFailure(this.rows);
    return html`<div class="head">
        <h1 tabindex="-1">Episodes</h1>
        ${rows && rows.podcasts.size > 0 ? html`<sa-refresh-all></sa-refresh-all>` : nothing}
      </div>
      ${rows ? nothing : rowBones(6)}
      ${rows && rows.episodes.length === 0 ? renderEmpty() : nothing}
      ${
        rows
          ? html`<sa-episode-list
              .episodes=${rows.episodes.slice(0, this.limit)}
              .podcasts=${rows.podcasts}
              .isNew=${this.marks.isNew}
            ></sa-episode-list>`
          : nothing
      }
      ${rows && rows.episodes.length > this.limit ? this.renderMore() : nothing}`;
  }

  private renderMore(): TemplateResult {
    return html`<div class="more">
      <button
        type="button"
        class="button"
        @click=${() => {
          this.limit += STEP;
        }}
      >
        Show more
      </button>
    </div>`;
  }
}

function renderEmpty(): TemplateResult {
  return html`<sa-notice sign="episodes" heading="No episodes yet">
    The newest episodes of all your podcasts meet here. Subscribe to one to begin.
    <a slot="action" class="button primary" href=${href({ page: 'library' })}>Add a podcast</a>
  </sa-notice>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-episodes-page': EpisodesPage;
  }
}
