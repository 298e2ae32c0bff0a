import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { DownloadState } from '../../../core/model/download.ts';
import type { Episode } from '../../../core/model/episode.ts';
import { type DownloadView, downloadsContext, libraryContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { StorageFigures } from '../../controllers/storage-figures.ts';
import { href } from '../../router.ts';
import { bytes } from '../figures.ts';
import { podcastsById } from '../parts/podcasts-by-id.ts';
import { readFailure } from '../parts/read-failure.ts';
import { rowBones } from '../parts/row-bones.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import '../notice.ts';
import '../parts/episode-list.ts';
import '../storage-meter.ts';

type Group = 'under-way' | 'waiting' | 'here';

/** Everything that is here, or on its way, in the order of the queue. */
@customElement('sa-downloads-page')
export class DownloadsPage extends LitElement {
  private readonly library = new Live(this, libraryContext);
  private readonly downloads = new Live(this, downloadsContext);
  private readonly storage = new StorageFigures(this, this.downloads);
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

  static override readonly styles = [
    base,
    controls,
    page,
    css`
      .space {
        flex: 1 1 280px;
        max-width: 420px;
      }
      .line {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: 16px;
        margin-bottom: 8px;
      }
      .line p {
        color: var(--quiet);
        font-size: 0.875rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { rows } = this.rows;
    if (!rows && this.rows.error) return readFailure(this.rows);
    const groups = this.group(rows?.episodes ?? []);
    return html`<div class="head">
        <h1 tabindex="-1">Downloads</h1>
        <sa-storage-meter
          class="space"
          .estimate=${this.storage.estimate}
          .nearlyFull=${this.storage.nearlyFull}
        ></sa-storage-meter>
      </div>
      ${rows ? nothing : rowBones(4)} ${rows?.episodes.length === 0 ? renderEmpty() : nothing}
      ${this.renderGroup('Under way', groups['under-way'], true)}
      ${this.renderGroup('Waiting or failed', groups.waiting, false)}
      ${this.renderGroup('On this device', groups.here, false)}`;
  }

  private group(episodes: Episode[]): Record<Group, { episode: Episode; view: DownloadView }[]> {
    const groups: Record<Group, { episode: Episode; view: DownloadView }[]> = {
      'under-way': [],
      waiting: [],
      here: [],
    };
    for (const episode of episodes) {
      const view = this.downloads.service.all.get(episode.id);
      const group = view && groupOf(view.state);
      if (group) groups[group].push({ episode, view });
    }
    for (const group of Object.values(groups)) {
      group.sort((one, other) => one.view.position - other.view.position);
    }
    // What came last is most likely what somebody looks for.
    groups.here.reverse();
    return groups;
  }

  private renderGroup(
    heading: string,
    group: { episode: Episode; view: DownloadView }[],
    numbered: boolean,
  ): TemplateResult | typeof nothing {
    if (group.length === 0) return nothing;
    const sizeBytes = group.reduce((sum, { view }) => sum + view.receivedBytes, 0);
    const count = `${group.length} ${group.length === 1 ? 'episode' : 'episodes'}`;
    return html`<section aria-label=${heading}>
      <div class="line">
        <h2>${heading}</h2>
        <p class="figures">${count}${sizeBytes > 0 ? html`, ${bytes(sizeBytes)}` : nothing}</p>
      </div>
      <sa-episode-list
        .episodes=${group.map(({ episode }) => episode)}
        .podcasts=${this.rows.rows?.podcasts}
        .numbered=${numbered}
      ></sa-episode-list>
    </section>`;
  }
}

function groupOf(state: DownloadState): Group | undefined {
  switch (state.kind) {
    case 'queued':
    case 'active':
    case 'verifying':
      return 'under-way';
    case 'paused':
    case 'failed':
    case 'evicted':
      return 'waiting';
    case 'committed':
      return 'here';
    case 'absent':
    case 'deleting':
      return undefined;
  }
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
