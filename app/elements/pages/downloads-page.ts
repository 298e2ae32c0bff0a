import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Episode } from '../../../core/model/episode.ts';
import { downloadsContext, libraryContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { Selection } from '../../controllers/selection.ts';
import { StorageFigures } from '../../controllers/storage-figures.ts';
import { href } from '../../router.ts';
import { announceFailure } from '../announce-failure.ts';
import { bytes } from '../figures.ts';
import {
  type Groups,
  groupDownloads,
  idsOf,
  type Order,
  type Shown,
  sumBytes,
} from '../parts/download-groups.ts';
import { renderDownloadSection } from '../parts/download-section.ts';
import { podcastsById } from '../parts/podcasts-by-id.ts';
import { readFailure } from '../parts/read-failure.ts';
import { rowBones } from '../parts/row-bones.ts';
import type { SelectPodcastEvent } from '../parts/space-by-podcast.ts';
import type { UndoBar } from '../parts/undo-bar.ts';
import type { RowCheckEvent } from '../row-check.ts';
import { base } from '../styles/base.ts';
import { choices } from '../styles/choices.ts';
import { controls } from '../styles/controls.ts';
import { downloadSection } from '../styles/download-section.ts';
import { page } from '../styles/page.ts';
import '../keep-button.ts';
import '../notice.ts';
import '../parts/download-queue.ts';
import '../parts/selection-bar.ts';
import '../parts/space-by-podcast.ts';
import '../parts/undo-bar.ts';
import '../row-check.ts';
import '../storage-meter.ts';

/** Everything that is here, or on its way, and what it takes. */
@customElement('sa-downloads-page')
export class DownloadsPage extends LitElement {
  private readonly library = new Live(this, libraryContext);
  private readonly downloads = new Live(this, downloadsContext);
  private readonly storage = new StorageFigures(this, this.downloads);
  private readonly selection = new Selection(this);
  private readonly rows = new LiveRows(this, {
    live: this.library,
    // Joined, because the ids matter and not the map that brings them.
    args: () => [[...this.downloads.service.all.keys()].join()],
    read: async (library, _ids) => {
      const ids = [...this.downloads.service.all.keys()];
      const [podcasts, ...found] = await Promise.all([
        podcastsById(library),
        ...ids.map((id) => library.episode(id)),
      ]);
      return { podcasts, episodes: found.filter((episode) => episode !== undefined) };
    },
  });
  @state() private order: Order = 'newest';
  @query('sa-undo-bar') private undoBar!: UndoBar;

  static override readonly styles = [
    base,
    controls,
    page,
    downloadSection,
    choices,
    css`
      .space {
        flex: 1 1 280px;
        max-width: 420px;
      }
      .podcasts {
        max-width: 680px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { rows } = this.rows;
    if (!rows && this.rows.error) return readFailure(this.rows);
    const groups = groupDownloads(rows?.episodes ?? [], this.downloads.service.all, this.order);
    const isEmpty = rows && Object.values(groups).every((group: Shown[]) => group.length === 0);
    const podcasts = rows?.podcasts;
    return html`<div class="head">
        <h1 tabindex="-1">Downloads</h1>
        <sa-storage-meter
          class="space"
          .estimate=${this.storage.estimate}
          .nearlyFull=${this.storage.nearlyFull}
        ></sa-storage-meter>
      </div>
      <sa-undo-bar .removing=${groups.removing}></sa-undo-bar>
      ${this.selection.active ? this.renderSelection([...groups.waiting, ...groups.here]) : nothing}
      ${rows ? nothing : rowBones(4)} ${isEmpty ? renderEmpty() : nothing}
      <sa-download-queue .shown=${groups.underWay} .podcasts=${podcasts}></sa-download-queue>
      <div @row-check=${this.check}>
        ${renderDownloadSection({
          heading: 'On hold',
          shown: groups.waiting,
          podcasts,
          lead: this.lead,
          tools: this.renderResumeAll(groups.waiting),
        })}
        ${renderDownloadSection({
          heading: 'On this device',
          shown: groups.here,
          podcasts,
          lead: this.lead,
          fill: this.selection.active ? undefined : (episode) => this.renderKeep(episode),
          tools: this.renderHereTools(),
        })}
      </div>
      ${this.renderSpace(groups)}`;
  }

  private renderSelection(offered: Shown[]): TemplateResult {
    return html`<sa-selection-bar
      .selection=${this.selection}
      .offered=${offered}
      .selected=${offered.filter(({ episode }) => this.selection.has(episode.id))}
      @deleted=${() => this.undoBar.focusUndo()}
    ></sa-selection-bar>`;
  }

  private renderResumeAll(waiting: Shown[]): TemplateResult | typeof nothing {
    if (!waiting.some(({ view }) => view.state.kind === 'paused')) return nothing;
    const { service: downloads } = this.downloads;
    return html`<button type="button" class="button" @click=${() => announceFailure(this, downloads.resumeAll())}>
      Resume all
    </button>`;
  }

  private renderHereTools(): TemplateResult {
    const { selection } = this;
    const select = () => (selection.active ? selection.end() : selection.begin());
    return html`<select aria-label="Order" @change=${this.reorder}>
        <option value="newest">Newest first</option>
        <option value="oldest">Oldest first</option>
        <option value="largest">Largest first</option>
      </select>
      <button type="button" class="button" aria-pressed=${selection.active} @click=${select}>
        ${selection.active ? 'Done' : 'Select'}
      </button>`;
  }

  private renderKeep(episode: Episode): TemplateResult {
    return html`<sa-keep-button
      slot="tool"
      .episode=${episode}
      .kept=${this.downloads.service.all.get(episode.id)?.keep ?? false}
    ></sa-keep-button>`;
  }

  private renderSpace({ here, waiting, underWay }: Groups): TemplateResult | typeof nothing {
    const shown = [...here, ...waiting, ...underWay];
    if (sumBytes(shown) === 0) return nothing;
    const select = ({ podcastId }: SelectPodcastEvent): void => {
      const its = [...here, ...waiting].filter(({ episode }) => episode.podcastId === podcastId);
      this.selection.begin(idsOf(its));
      this.scrollIntoView();
    };
    return html`<section class="podcasts" aria-label="Space by podcast">
      <div class="line">
        <h2>Space by podcast</h2>
        <p class="amount figures">${bytes(sumBytes(shown))} in all</p>
      </div>
      <sa-space-by-podcast
        .shown=${shown}
        .podcasts=${this.rows.rows?.podcasts}
        @select-podcast=${select}
      ></sa-space-by-podcast>
    </section>`;
  }

  private get lead(): ((episode: Episode) => TemplateResult) | undefined {
    if (!this.selection.active) return undefined;
    return (episode) => html`<sa-row-check
      .episode=${episode}
      .checked=${this.selection.has(episode.id)}
    ></sa-row-check>`;
  }

  private readonly check = ({ episode, checked }: RowCheckEvent): void => {
    this.selection.set(episode.id, checked);
  };

  private readonly reorder = ({ target }: Event): void => {
    const order = target instanceof HTMLSelectElement && target.value;
    if (order === 'newest' || order === 'oldest' || order === 'largest') this.order = order;
  };
}

function renderEmpty(): TemplateResult {
  return html`<sa-notice sign="downloads" heading="Nothing on board yet">
    Press Download on an episode, and it comes here whole, ready for when there is no connection.
    <a slot="action" class="button primary" href=${href({ page: 'episodes' })}>Browse episodes</a>
  </sa-notice>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-downloads-page': DownloadsPage;
  }
}
