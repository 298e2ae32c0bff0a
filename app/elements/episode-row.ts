import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Episode } from '../../core/model/episode.ts';
import type { DownloadView } from '../contexts.ts';
import { href } from '../router.ts';
import { progressWords } from './download-progress.ts';
import { playsOffline } from './download-words.ts';
import { episodeRowStyles } from './episode-row-styles.ts';
import { bytes, date, dotted, duration } from './figures.ts';
import { base } from './styles/base.ts';
import './artwork.ts';
import './download-buttons.ts';
import './download-status.ts';
import './play-button.ts';

/**
 * One episode in a list. Stands inside an `<li>`, which gives it the role.
 *
 * @slot tool - a button more, in front of those for the download
 * @slot buttons - in place of those for the download
 * @fires {EpisodeActionEvent} episode-action
 */
@customElement('sa-episode-row')
export class EpisodeRow extends LitElement {
  @property({ attribute: false }) episode: Episode | undefined;
  @property({ attribute: false }) download: DownloadView | undefined;
  /** Named where the list holds several podcasts. */
  @property() podcastTitle: string | undefined;
  @property() artworkUrl: string | undefined;
  /** Whether the picture is shown at all. */
  @property({ type: Boolean, reflect: true }) pictured = false;
  /** Place in the queue, from 1. */
  @property({ type: Number }) place: number | undefined;
  @property({ type: Boolean }) online = true;
  @property({ type: Boolean }) canKeep = true;
  @property({ type: Boolean }) playOnly = false;
  @property({ type: Boolean }) playing = false;
  /** It has come since somebody looked last. */
  @property({ type: Boolean }) isNew = false;

  static override readonly styles = [base, episodeRowStyles];

  protected override render(): TemplateResult | typeof nothing {
    const { episode, download } = this;
    if (!episode) return nothing;
    const state = download?.state ?? { kind: 'absent' };
    const plays = this.online || this.playing || playsOffline(download);
    const obstacle = plays ? undefined : 'needs a connection';
    const remark = obstacle ?? (this.playOnly ? 'plays only online' : undefined);
    const sizeBytes = download?.totalBytes ?? episode.enclosure?.sizeBytes;
    const facts = dotted(
      date(episode.publishedAt),
      episode.durationS ? duration(episode.durationS) : undefined,
      sizeBytes ? bytes(sizeBytes) : undefined,
    );
    const progress = download && progressWords(download);
    return html`<div class="row">
      ${
        this.pictured
          ? html`<div class="art">
              <sa-artwork
                .src=${this.artworkUrl}
                .name=${this.podcastTitle ?? episode.title}
              ></sa-artwork>
              ${
                this.place === undefined
                  ? nothing
                  : html`<span class="place figures"
                      ><span class="unseen">Place in the queue: </span>${this.place}</span
                    >`
              }
            </div>`
          : nothing
      }
      <div class="words">
        <p class="meta figures">
          ${this.isNew ? html`<span class="new"><span class="unseen">New. </span></span>` : nothing}
          ${
            this.podcastTitle && !progress
              ? html`<span class="podcast">${this.podcastTitle}</span>`
              : nothing
          }
          <span class="facts">${progress ?? facts}</span>
        </p>
        <a class="title" href=${href({ page: 'episode', id: episode.id })}>${episode.title}</a>
      </div>
      <div class="tools">
        <sa-play-button
          .episode=${episode}
          .playing=${this.playing}
          .obstacle=${obstacle}
        ></sa-play-button>
        <span class="state">
          <sa-download-status .state=${state}></sa-download-status>
          ${remark && state.kind === 'absent' ? html`<span>(${remark})</span>` : nothing}
        </span>
        <div class="buttons">
          <slot name="tool"></slot>
          <slot name="buttons">
            <sa-download-buttons
              .episode=${episode}
              .state=${state}
              .canKeep=${this.canKeep}
            ></sa-download-buttons>
          </slot>
        </div>
      </div>
      <sa-download-progress
        wordless
        .view=${download}
        .episodeTitle=${episode.title}
      ></sa-download-progress>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-episode-row': EpisodeRow;
  }
}
