import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Episode } from '../../../core/model/episode.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import { downloadsContext, libraryContext, playerContext, statusContext } from '../../contexts.ts';
import { EpisodeActions } from '../../controllers/episode-actions.ts';
import { KeepAheadController } from '../../controllers/keep-ahead.ts';
import { Live } from '../../controllers/live.ts';
import { base } from '../styles/base.ts';
import '../episode-row.ts';

/** A list of episodes that knows how their downloads and their playback stand. */
@customElement('sa-episode-list')
export class EpisodeList extends LitElement {
  @property({ attribute: false }) episodes: readonly Episode[] = [];
  /** Given where the list holds several podcasts: rows then show picture and name. */
  @property({ attribute: false }) podcasts: ReadonlyMap<PodcastId, Podcast> | undefined;
  /** What stands in front of an episode's row. */
  @property({ attribute: false }) lead: ((episode: Episode) => unknown) | undefined;
  /** What goes into the slots of an episode's row. */
  @property({ attribute: false }) fill: ((episode: Episode) => unknown) | undefined;
  @property({ attribute: false }) isNew: (episode: Episode) => boolean = () => false;
  /** Shows each row's place, from 1. */
  @property({ type: Boolean }) numbered = false;

  private readonly library = new Live(this, libraryContext);
  private readonly downloads = new Live(this, downloadsContext);
  private readonly player = new Live(this, playerContext);
  private readonly status = new Live(this, statusContext);

  static override readonly styles = [
    base,
    css`
      :host {
        display: block;
      }
      .led {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        column-gap: 12px;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
    `,
  ];

  constructor() {
    super();
    new EpisodeActions(this);
    new KeepAheadController(this);
  }

  protected override render(): TemplateResult {
    return html`<ul role="list">
      ${repeat(
        this.episodes,
        (episode) => episode.id,
        (episode, index) =>
          html`<li data-keep-episode=${episode.id} class=${this.lead ? 'led' : ''}>
            ${this.lead?.(episode)}${this.renderRow(episode, index)}
          </li>`,
      )}
    </ul>`;
  }

  private renderRow(episode: Episode, index: number): TemplateResult {
    const { service: player } = this.player;
    const { service: status } = this.status;
    const { service: library } = this.library;
    const podcast = this.podcasts?.get(episode.podcastId);
    const artwork = library.artworkUrl(episode) ?? (podcast && library.artworkUrl(podcast));
    return html`<sa-episode-row
      .episode=${episode}
      .download=${this.downloads.service.all.get(episode.id)}
      .podcastTitle=${podcast?.title}
      .pictured=${this.podcasts !== undefined}
      .artworkUrl=${artwork}
      .place=${this.numbered ? index + 1 : undefined}
      .isNew=${this.isNew(episode)}
      .online=${status.online}
      .canKeep=${status.worker !== 'online-only'}
      .playOnly=${this.downloads.service.isPlayOnly(episode)}
      .playing=${player.playing && player.current?.episode.id === episode.id}
      >${this.fill?.(episode)}</sa-episode-row
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-episode-list': EpisodeList;
  }
}
