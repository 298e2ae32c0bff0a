import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Failure } from '../../../core/model/failure.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import { importsContext, libraryContext, statusContext } from '../../contexts.ts';
import type { FileDrop } from '../../controllers/file-drop.ts';
import { KeepAheadController } from '../../controllers/keep-ahead.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { href } from '../../router.ts';
import { readFailure } from '../parts/read-failure.ts';
import { sailboat, sailboatStyles } from '../parts/sailboat.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import type { SubscribeEvent, SubscribeForm } from '../subscribe-form.ts';
import { libraryStyles } from './library-styles.ts';
import '../artwork.ts';
import '../subscribe-form.ts';

const WELCOME =
  'Stowaway keeps episodes on this device, whole. On a plane, in a tunnel, without a signal: what it says is downloaded, plays.';

const LOST =
  'This browser has cleared what Stowaway kept here, episodes included. Subscribe again to bring your podcasts back.';

/** What is subscribed; on the first visit, what this is and how to begin. */
@customElement('sa-library-page')
export class LibraryPage extends LitElement {
  /** Came from outside, with a shared link or so. Nothing is done with it until Subscribe is pressed. */
  @property() address = '';
  private readonly library = new Live(this, libraryContext);
  private readonly imports = new Live(this, importsContext);
  private drop: FileDrop | undefined;
  private readonly status = new Live(this, statusContext);
  private readonly podcasts = new LiveRows(this, {
    live: this.library,
    args: () => [],
    read: async (library) => {
      const podcasts = await library.podcasts();
      // Brings the button along, which the first paint does not need, nor a first visit at all.
      if (podcasts.length > 0) void import('./episodes-page.ts').catch(() => undefined);
      // A search may wait where no podcast is yet.
      void import('../parts/outbox-list.ts').catch(() => undefined);
      return podcasts;
    },
  });
  private readonly counts = new LiveRows(this, {
    live: this.library,
    args: () => [],
    read: (library) => library.newCounts(),
  });
  @state() private busyWith: 'address' | 'sample' | undefined;
  @state() private failure: Failure | undefined;
  @query('sa-subscribe-form') private form!: SubscribeForm;

  static override readonly styles = [base, controls, page, libraryStyles, sailboatStyles];

  constructor() {
    super();
    new KeepAheadController(this);
    this.takeDrops().catch(console.warn);
  }

  protected override render(): TemplateResult {
    const { rows } = this.podcasts;
    if (!rows && this.podcasts.error) return readFailure(this.podcasts);
    const first = rows?.length === 0;
    const lost = this.status.service.libraryLost;
    // One heading and one form in every state, so that focus and what was typed stay.
    return html`<div class=${first ? 'welcome' : rows ? '' : 'reading'}>
        ${first ? sailboat() : nothing}
        <div class="head">
          <h1 tabindex="-1">
            ${first ? (lost ? 'Your library was removed' : 'Podcasts that come along') : 'Library'}
          </h1>
          ${rows && !first ? html`<sa-refresh-all></sa-refresh-all>` : nothing}
        </div>
        ${first ? html`<p class="lead">${lost ? LOST : WELCOME}</p>` : nothing}
        <sa-subscribe-form
          .busy=${this.busyWith === 'address'}
          .failure=${this.failure}
          .address=${this.address}
          @subscribe=${({ address }: SubscribeEvent) => this.subscribe(address, 'address')}
        ></sa-subscribe-form>
        ${
          this.address
            ? html`<p class="from-outside quiet">
                From another app. Press Subscribe to add the podcast.
              </p>`
            : nothing
        }
        ${first ? this.renderSample() : nothing} ${rows ? this.renderImport(first) : nothing}
      </div>
      <sa-outbox-list></sa-outbox-list>
      ${rows ? this.renderGrid(rows) : renderBones()}`;
  }

  /** The first paint does not need it. */
  private async takeDrops(): Promise<void> {
    const { FileDrop } = await import('../../controllers/file-drop.ts');
    this.drop = new FileDrop(this, (file) => this.importFile(file));
  }

  private renderSample(): TemplateResult {
    return html`<div class="sample">
      <p class="quiet">No address at hand?</p>
      <button
        type="button"
        class="button"
        aria-disabled=${this.busyWith ? 'true' : nothing}
        @click=${this.takeSample}
      >
        ${this.busyWith === 'sample' ? 'One moment…' : 'Try the sample podcast'}
      </button>
    </div>`;
  }

  private renderImport(first: boolean): TemplateResult {
    const { waiting, added, there, failed } = this.imports.service.counts;
    const settled = added + there + failed;
    const words =
      waiting > 0
        ? `Importing: ${settled} of ${settled + waiting} podcasts`
        : first
          ? 'Import from another app'
          : 'Import or export a list of podcasts';
    return html`<p class="import">
        <a class="figures" href=${href({ page: 'import' })}>${words}</a>
      </p>
      ${this.drop?.over ? html`<div class="drop"><p>Drop the list of podcasts here</p></div>` : nothing}`;
  }

  private importFile(file: File): void {
    void this.imports.service.fromFile(file);
    location.hash = href({ page: 'import' });
  }

  private renderGrid(podcasts: Podcast[]): TemplateResult | typeof nothing {
    if (podcasts.length === 0) return nothing;
    return html`<ul class="grid" role="list">
      ${repeat(
        podcasts,
        (podcast) => podcast.id,
        (podcast, index) => html`<li data-keep-podcast=${podcast.id}>
          <a href=${href({ page: 'podcast', id: podcast.id })}>
            <sa-artwork
              .src=${this.library.service.artworkUrl(podcast)}
              .name=${podcast.title}
              .eager=${index < 6}
            ></sa-artwork>
            <span class="title"
              >${this.renderNew(podcast.id)}${podcast.title}</span
            >
            ${renderBy(podcast)}
            ${podcast.refreshFailure ? renderFailed(podcast.refreshFailure) : nothing}
          </a>
        </li>`,
      )}
    </ul>`;
  }

  private renderNew(id: PodcastId): TemplateResult | typeof nothing {
    if (!this.counts.rows?.has(id)) return nothing;
    return html`<span class="new"><span class="unseen">New episodes. </span></span>`;
  }

  private readonly takeSample = (): void => {
    void this.subscribe(new URL('sample/feed.xml', document.baseURI).href, 'sample');
  };

  private async subscribe(address: string, from: 'address' | 'sample'): Promise<void> {
    if (this.busyWith) return;
    this.busyWith = from;
    this.failure = undefined;
    const outcome = await this.library.service.subscribe(address);
    this.busyWith = undefined;
    if (!outcome.ok) {
      this.failure = outcome.failure;
      return;
    }
    this.form.clear();
    if (this.status.service.libraryLost) this.status.service.acknowledgeLoss();
    // Whoever has walked on to another page meanwhile is not pulled back.
    if (this.isConnected) location.hash = href({ page: 'podcast', id: outcome.value });
  }
}

function renderBy({ author, refreshedAt }: Podcast): TemplateResult | typeof nothing {
  const words = refreshedAt === 0 ? 'Waiting for network' : author;
  return words ? html`<span class="author">${words}</span>` : nothing;
}

/** A quiet word where it happened: the podcast's own page says why. */
function renderFailed(failure: Failure): TemplateResult | typeof nothing {
  // The whole app says that there is no connection.
  if (failure.code === 'offline') return nothing;
  return html`<span class="author">Not refreshed</span>`;
}

function renderBones(): TemplateResult {
  return html`<ul class="grid" aria-hidden="true">
    ${[1, 2, 3, 4].map(
      () => html`<li><div class="bone cover"></div><div class="bone line"></div></li>`,
    )}
  </ul>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-library-page': LibraryPage;
  }
}
