import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Failure } from '../../../core/model/failure.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import { libraryContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { NewMarks } from '../../controllers/new-marks.ts';
import { failureText } from '../../failure-text.ts';
import { href } from '../../router.ts';
import type { ConfirmDialog } from '../confirm-dialog.ts';
import { icon } from '../icon.ts';
import { outsideHref } from '../outside-address.ts';
import { PageTitleEvent } from '../page-title-event.ts';
import { readFailure } from '../parts/read-failure.ts';
import { rowBones } from '../parts/row-bones.ts';
import { isPassing } from '../passing-failure.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { hero } from '../styles/hero.ts';
import { page } from '../styles/page.ts';
import { podcastStyles } from './podcast-styles.ts';
import '../artwork.ts';
import '../confirm-dialog.ts';
import '../notes.ts';
import '../notice.ts';
import '../parts/episode-list.ts';
import '../parts/follow-settings.ts';

const STEP = 50;

const WAITING =
  'Waiting for network. You are subscribed: its episodes come by themselves when there is a connection.';

/** One podcast: what it is, and its episodes, newest first. */
@customElement('sa-podcast-page')
export class PodcastPage extends LitElement {
  @property({ attribute: false }) podcastId: PodcastId | undefined;
  @state() private limit = STEP;
  @state() private refreshing = false;
  /** What the last press on Refresh came to. */
  @state() private refreshed: 'nothing-new' | 'new' | 'waits' | Failure | undefined;
  @query('sa-confirm-dialog') private confirmation!: ConfirmDialog;

  private readonly library = new Live(this, libraryContext);
  private readonly rows = new LiveRows(this, {
    live: this.library,
    args: () => [this.podcastId, this.limit],
    read: async (library, podcastId, limit) => {
      if (!podcastId) return undefined;
      const [podcast, episodes] = await Promise.all([
        library.podcast(podcastId),
        library.episodes({ podcastId, limit: limit + 1 }),
      ]);
      return { podcast, episodes };
    },
  });

  private readonly marks = new NewMarks(this, this.library, () => this.podcastId);

  static override readonly styles = [base, controls, page, hero, podcastStyles];

  protected override updated(): void {
    const title = this.rows.rows?.podcast?.title;
    if (title) this.dispatchEvent(new PageTitleEvent(title));
  }

  protected override render(): TemplateResult {
    const { rows } = this.rows;
    if (!rows && this.rows.error) return readFailure(this.rows);
    if (rows && !rows.podcast) return renderMissing();
    return html`<div class="hero">${this.renderHero(rows?.podcast)}</div>
      <div role="status" class="refreshed">${this.renderRefreshed(rows?.podcast)}</div>
      ${rows?.podcast ? this.renderAbout(rows.podcast) : nothing}
      ${
        rows?.podcast
          ? html`<sa-follow-settings .podcastId=${this.podcastId}></sa-follow-settings>`
          : nothing
      }
      <section aria-label="Episodes" ?hidden=${rows?.podcast?.refreshedAt === 0}>
        <h2>Episodes</h2>
        ${
          rows
            ? html`<sa-episode-list
                .episodes=${rows.episodes.slice(0, this.limit)}
                .isNew=${this.marks.isNew}
              ></sa-episode-list>`
            : rowBones(4)
        }
        ${rows && rows.episodes.length > this.limit ? this.renderMore() : nothing}
      </section>`;
  }

  /** The same nodes with and without a podcast, so that nothing jumps and focus stays. */
  private renderHero(podcast: Podcast | undefined): TemplateResult {
    const artwork = podcast && this.library.service.artworkUrl(podcast);
    return html`<div class="glow" aria-hidden="true">
        ${podcast ? html`<sa-artwork .src=${artwork} .name=${podcast.title}></sa-artwork>` : nothing}
      </div>
      <sa-artwork class="cover" eager .src=${artwork} .name=${podcast?.title ?? ''}></sa-artwork>
      <div class="words">
        <h1 tabindex="-1">${podcast?.title ?? html`<span class="unseen">Podcast</span>`}</h1>
        <p class="by">${podcast?.author}</p>
        <div class="actions">
          <button
            type="button"
            class="button"
            aria-disabled=${this.refreshing || !podcast ? 'true' : nothing}
            @click=${this.refresh}
          >
            ${icon('resume')}${this.refreshing ? 'Refreshing…' : 'Refresh'}
          </button>
          <button
            type="button"
            class="button plain"
            aria-disabled=${podcast ? nothing : 'true'}
            @click=${this.unsubscribe}
          >
            Unsubscribe
          </button>
        </div>
      </div>`;
  }

  private renderRefreshed(podcast: Podcast | undefined): TemplateResult | string {
    const shown = this.refreshed ?? podcast?.refreshFailure;
    if (podcast?.refreshedAt === 0 && !isFinal(shown)) return WAITING;
    if (shown === undefined) return '';
    if (shown === 'waits') return 'There is no connection. It is refreshed when there is one.';
    if (shown === 'nothing-new') return 'Up to date.';
    if (shown === 'new') return 'Refreshed.';
    const what = podcast?.refreshedAt === 0 ? 'It could not be read.' : 'The last refresh failed.';
    return html`<span class="failure">${what} ${failureText(shown)}</span>`;
  }

  private renderAbout(podcast: Podcast): TemplateResult {
    return html`<sa-notes short .source=${podcast.description}></sa-notes>
      ${renderLinks(podcast)}
      <sa-confirm-dialog heading="Unsubscribe from ${podcast.title}?" verb="Unsubscribe">
        Its episodes leave this device, downloaded ones too.
      </sa-confirm-dialog>`;
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

  private readonly refresh = async (): Promise<void> => {
    if (this.refreshing || !this.podcastId) return;
    this.refreshing = true;
    const outcome = await this.library.service.refresh(this.podcastId);
    this.refreshing = false;
    if (!outcome.ok) this.refreshed = outcome.failure;
    else if (outcome.value.waits) this.refreshed = 'waits';
    else this.refreshed = outcome.value.changed ? 'new' : 'nothing-new';
  };

  private readonly unsubscribe = async (): Promise<void> => {
    const { podcastId } = this;
    if (!podcastId || !(await this.confirmation.ask())) return;
    await this.library.service.unsubscribe(podcastId);
    location.hash = href({ page: 'library' });
  };
}

/** Whether trying again by itself will not help: the library's list says what can be done. */
function isFinal(shown: string | Failure | undefined): boolean {
  return typeof shown === 'object' && !isPassing(shown);
}

function renderLinks(podcast: Podcast): TemplateResult | typeof nothing {
  const links = [
    { address: outsideHref(podcast.link), text: 'Website' },
    ...podcast.funding.map(({ url, title }) => ({
      address: outsideHref(url),
      text: title ?? 'Support this podcast',
    })),
  ].filter(({ address }) => address !== undefined);
  if (links.length === 0) return nothing;
  return html`<p class="links">
    ${links.map(
      ({ address, text }) =>
        html`<a href=${address ?? nothing} target="_blank" rel="noopener noreferrer">${text}</a>`,
    )}
  </p>`;
}

function renderMissing(): TemplateResult {
  return html`<h1 tabindex="-1" class="unseen">Podcast</h1>
    <sa-notice sign="library" heading="Not in your library">
      This podcast is not subscribed on this device.
      <a slot="action" class="button" href=${href({ page: 'library' })}>To your library</a>
    </sa-notice>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-podcast-page': PodcastPage;
  }
}
