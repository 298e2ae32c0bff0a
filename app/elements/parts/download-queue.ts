import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Episode } from '../../../core/model/episode.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import { downloadsContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { announceFailure } from '../announce-failure.ts';
import type { QueueMoveEvent } from '../queue-buttons.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { downloadSection } from '../styles/download-section.ts';
import { placeAfter, type Shown } from './download-groups.ts';
import { renderDownloadSection } from './download-section.ts';
import '../queue-buttons.ts';

/**
 * What is under way and what comes next, in an order that can be changed.
 *
 * @fires {AnnounceEvent} announce - where what was asked for could not be done
 */
@customElement('sa-download-queue')
export class DownloadQueue extends LitElement {
  @property({ attribute: false }) shown: readonly Shown[] = [];
  @property({ attribute: false }) podcasts: ReadonlyMap<PodcastId, Podcast> | undefined;
  @state() private arranging = false;
  /** What a move came to, for those who do not see it. */
  @state() private said = '';
  private readonly downloads = new Live(this, downloadsContext);

  static override readonly styles = [base, controls, downloadSection];

  protected override render(): TemplateResult {
    const waiting = this.waiting;
    const arranging = this.arranging && waiting.length > 1;
    const arrange = html`<button
      type="button"
      class="button"
      aria-pressed=${arranging}
      @click=${this.toggle}
    >
      ${arranging ? 'Done' : 'Change order'}
    </button>`;
    const { service: downloads } = this.downloads;
    return html`<p class="unseen" role="status">${this.said}</p>
      <div @queue-move=${this.move}>
        ${renderDownloadSection({
          heading: 'Under way',
          shown: this.shown,
          podcasts: this.podcasts,
          numbered: true,
          fill: arranging ? (episode) => this.renderButtons(episode, waiting) : undefined,
          tools: html`${waiting.length > 1 ? arrange : nothing}
            <button type="button" class="button" @click=${() => announceFailure(this, downloads.pauseAll())}>
              Pause all
            </button>`,
        })}
      </div>`;
  }

  /** What is being fetched stays ahead of them. */
  private get waiting(): Episode[] {
    return this.shown
      .filter(({ view }) => view.state.kind === 'queued')
      .map(({ episode }) => episode);
  }

  private renderButtons(episode: Episode, waiting: Episode[]): TemplateResult | typeof nothing {
    const place = waiting.indexOf(episode);
    if (place < 0) return nothing;
    return html`<sa-queue-buttons
      slot="buttons"
      .episode=${episode}
      .first=${place === 0}
      .last=${place === waiting.length - 1}
      .place=${place}
    ></sa-queue-buttons>`;
  }

  private readonly toggle = (): void => {
    this.arranging = !this.arranging;
    this.said = '';
  };

  private readonly move = async ({ episode, step }: QueueMoveEvent): Promise<void> => {
    const ids = this.waiting.map(({ id }) => id);
    const before = placeAfter(ids, episode.id, step);
    if (before === undefined) return;
    if (!(await announceFailure(this, this.downloads.service.move(episode.id, before)))) return;
    await this.updateComplete;
    const place = this.shown.findIndex((shown) => shown.episode.id === episode.id) + 1;
    this.said = place > 0 ? `${episode.title}: place ${place} of ${this.shown.length}` : '';
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-download-queue': DownloadQueue;
  }
}
