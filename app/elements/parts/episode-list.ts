import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
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

/** About what a screen holds: so many rows at a time, and nothing else has to wait for all of them. */
const ROWS_AT_ONCE = 12;
/** A frame. Not `requestAnimationFrame`, which a page out of sight does not get. */
const BETWEEN_MS = 16;

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

  /** How many of the first rows are rendered; in the end all, however many more come. */
  @state() private rendered = ROWS_AT_ONCE;
  private timer: ReturnType<typeof setTimeout> | undefined;

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

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.rendered = Number.POSITIVE_INFINITY;
  }

  protected override updated(): void {
    if (this.rendered === Number.POSITIVE_INFINITY || this.timer !== undefined) return;
    if (this.episodes.length === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const next = this.rendered + ROWS_AT_ONCE;
      this.rendered = next < this.episodes.length ? next : Number.POSITIVE_INFINITY;
    }, BETWEEN_MS);
  }

  protected override render(): TemplateResult {
    return html`<ul role="list">
      ${repeat(
        this.episodes.slice(0, this.rendered),
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
