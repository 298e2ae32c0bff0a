import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Episode } from '../../core/model/episode.ts';
import type { DownloadView } from '../contexts.ts';
import { href } from '../router.ts';
import { progressWords } from './download-progress.ts';
import { playsOffline } from './download-words.ts';
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

  static override readonly styles = [
    base,
    css`
      :host {
        display: block;
        position: relative;
        container-type: inline-size;
        padding: 16px 0 12px;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        column-gap: 14px;
      }
      :host([pictured]) .row {
        grid-template-columns: 64px minmax(0, 1fr);
      }
      .art {
        --artwork-radius: 10px;
        position: relative;
        width: 64px;
        grid-row: span 2;
      }
      .place {
        position: absolute;
        top: -7px;
        left: -7px;
        min-width: 24px;
        height: 24px;
        padding: 0 6px;
        border: 2px solid var(--ground);
        border-radius: 12px;
        background: var(--ink);
        color: var(--ground);
        font-size: 0.75rem;
        font-weight: 700;
        line-height: 20px;
        text-align: center;
      }
      .meta {
        color: var(--quiet);
        display: flex;
        font-size: 0.8125rem;
        line-height: 1.35;
        white-space: nowrap;
      }
      .new {
        flex: none;
        width: 8px;
        height: 8px;
        margin: auto 7px auto 0;
        border-radius: 50%;
        background: var(--accent);
      }
      @media (forced-colors: active) {
        .new {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
      .podcast {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .podcast + .facts::before {
        content: '·';
        margin: 0 0.28em;
      }
      .title {
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
        margin-top: 1px;
        color: var(--ink);
        font-size: 1rem;
        font-weight: 650;
        letter-spacing: -0.006em;
        line-height: 1.3;
        overflow-wrap: anywhere;
        text-decoration: none;
      }
      .title:hover {
        text-decoration: underline;
      }
      .title:focus-visible {
        outline-offset: -1px;
      }
      .tools {
        display: flex;
        align-items: center;
        gap: 10px;
        margin-top: 8px;
      }
      .state {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 6px;
        color: var(--quiet);
        font-size: 0.8125rem;
      }
      .buttons {
        display: flex;
        gap: 4px;
        margin-right: -8px;
      }
      sa-download-progress {
        grid-column: 1 / -1;
      }
      /* On the line below the row, and the words where the facts were: a row that starts to move
         does not push the next one away from under a finger. */
      sa-download-progress::part(bar) {
        position: absolute;
        inset: auto 0 -2px;
        height: 3px;
        margin: 0;
      }
      @container (min-width: 620px) {
        .row {
          grid-template-columns: 40px minmax(0, 1fr) 168px minmax(84px, max-content);
          grid-template-areas: 'play words state buttons' '. progress progress progress';
          align-items: center;
          column-gap: 16px;
        }
        :host([pictured]) .row {
          grid-template-columns: 64px 40px minmax(0, 1fr) 168px minmax(84px, max-content);
          grid-template-areas:
            'art play words state buttons'
            '. . progress progress progress';
        }
        .art {
          grid-area: art;
        }
        .words {
          grid-area: words;
        }
        .tools {
          display: contents;
        }
        sa-play-button {
          grid-area: play;
        }
        .state {
          grid-area: state;
          justify-content: flex-end;
        }
        /* Far from Play: one of them deletes. */
        .buttons {
          grid-area: buttons;
          justify-content: flex-end;
        }
        sa-download-progress {
          grid-area: progress;
        }
      }
    `,
  ];

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
