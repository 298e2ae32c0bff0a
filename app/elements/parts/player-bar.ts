import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { libraryContext, type Player, playerContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { href } from '../../router.ts';
import { icon } from '../icon.ts';
import type { SeekEvent } from '../seek-slider.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { playerSheetStyles } from './player-sheet-styles.ts';
import { playerStyles } from './player-styles.ts';
import '../artwork.ts';

const SPEEDS = [1, 1.25, 1.5, 2] as const;

const FAILURES = {
  offline: 'This episode is not downloaded, and there is no connection.',
  'not-playable': 'This browser cannot play the file. Try downloading the episode again.',
} as const;

/**
 * The one player of the app: a bar above the navigation, and a sheet with everything at a size that
 * thumbs like. Both show the same `audio` element, which is never moved.
 */
@customElement('sa-player-bar')
export class PlayerBar extends LitElement {
  private readonly library = new Live(this, libraryContext);
  private readonly player = new Live(this, playerContext);
  /** Most episodes have no picture of their own. */
  private readonly podcast = new LiveRows(this, {
    live: this.library,
    args: () => [this.player.service.current?.episode.podcastId],
    read: async (library, id) => id && library.podcast(id),
  });
  @query('audio') private audio!: HTMLAudioElement;
  @query('dialog') private sheet!: HTMLDialogElement;
  /** Asked for once: a document remembers an import that failed. */
  private slider: Promise<unknown> | undefined;
  @state() private opened = false;
  @state() private speed = 1;

  static override readonly styles = [base, controls, playerStyles, playerSheetStyles];

  protected override firstUpdated(): void {
    this.player.service.attach(this.audio);
  }

  protected override willUpdate(): void {
    const { current, positionS } = this.player.service;
    const durationS = this.durationS;
    this.toggleAttribute('idle', current === undefined);
    // Until something plays there is nothing to seek in.
    if (current) this.slider ??= import('../seek-slider.ts').catch(console.warn);
    this.style.setProperty('--done', String(durationS > 0 ? positionS / durationS : 0));
  }

  /** What the audio says, or else the feed. */
  private get durationS(): number {
    const { current, durationS } = this.player.service;
    return durationS || current?.episode.durationS || 0;
  }

  protected override render(): TemplateResult {
    const { service: player } = this.player;
    return html`<section aria-label="Player">
      <audio preload="metadata"></audio>
      <p class="unseen" role="status">${failureOf(player)}</p>
      ${player.current ? this.renderBar(player) : nothing}
      <dialog
        aria-label="Now playing"
        @click=${this.closeOnBackdrop}
        @close=${() => {
          this.opened = false;
        }}
      >
        ${this.opened ? this.renderSheet(player) : nothing}
      </dialog>
    </section>`;
  }

  private renderBar(player: Player): TemplateResult {
    const title = player.current?.episode.title;
    const below = failureOf(player) ?? player.current?.podcastTitle;
    return html`<div class="bar">
      <button
        type="button"
        class="open"
        aria-label="Show the whole player: ${title}, ${below}"
        aria-haspopup="dialog"
        @click=${this.open}
      >
        ${this.renderArtwork(player)}
        <span class="words">
          <span class="title">${title}</span>
          <span class="podcast">${below}</span>
        </span>
      </button>
      <div class="controls">${this.renderButtons(player)}</div>
      ${this.renderSlider(player, false)} ${this.renderSpeed()}
    </div>`;
  }

  private renderSheet(player: Player): TemplateResult {
    const { current } = player;
    if (!current) return html``;
    const problem = failureOf(player);
    return html`<div class="sheet">
      <button type="button" class="round close" aria-label="Close" @click=${this.close}>
        ${icon('down')}
      </button>
      ${this.renderArtwork(player)}
      <div class="words">
        <p class="podcast">${current.podcastTitle}</p>
        <h2 class="title">${current.episode.title}</h2>
        <p class=${problem ? 'problem' : nothing} role="status">${problem}</p>
      </div>
      ${this.renderSlider(player, true)}
      <div class="controls">${this.renderButtons(player)}</div>
      <div class="foot">
        ${this.renderSpeed()}
        <a
          class="button"
          href=${href({ page: 'episode', id: current.episode.id })}
          @click=${this.close}
          >Show notes</a
        >
      </div>
    </div>`;
  }

  private renderArtwork({ current }: Player): TemplateResult {
    const { service: library } = this.library;
    const podcast = this.podcast.rows;
    return html`<sa-artwork
      .src=${
        (current && library.artworkUrl(current.episode)) ?? (podcast && library.artworkUrl(podcast))
      }
      .name=${current?.podcastTitle ?? ''}
      eager
    ></sa-artwork>`;
  }

  private renderButtons(player: Player): TemplateResult {
    return html`<button
        type="button"
        class="round skip"
        aria-label="Back 15 seconds"
        @click=${() => player.seek(Math.max(0, player.positionS - 15))}
      >
        ${icon('back')}<span class="by figures" aria-hidden="true">15</span>
      </button>
      <button
        type="button"
        class="round solid toggle ${player.waiting && player.playing ? 'waiting' : ''}"
        aria-label=${player.playing ? 'Pause' : 'Play'}
        @click=${() => player.toggle()}
      >
        ${icon(player.playing ? 'pause' : 'play')}
      </button>
      <button
        type="button"
        class="round skip"
        aria-label="Forward 30 seconds"
        @click=${() => player.seek(Math.min(player.durationS || Infinity, player.positionS + 30))}
      >
        ${icon('forward')}<span class="by figures" aria-hidden="true">30</span>
      </button>`;
  }

  private renderSlider(player: Player, stacked: boolean): TemplateResult {
    return html`<sa-seek-slider
      ?stacked=${stacked}
      .positionS=${player.positionS}
      .durationS=${this.durationS}
      @seek=${({ positionS }: SeekEvent) => player.seek(positionS)}
    ></sa-seek-slider>`;
  }

  private renderSpeed(): TemplateResult {
    return html`<select class="speed figures" aria-label="Speed" @change=${this.changeSpeed}>
      ${SPEEDS.map(
        (speed) =>
          html`<option value=${speed} ?selected=${speed === this.speed}>${speed}×</option>`,
      )}
    </select>`;
  }

  private changeSpeed(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.speed = Number(event.target.value);
    this.audio.playbackRate = this.speed;
    // A new source starts at the default rate.
    this.audio.defaultPlaybackRate = this.speed;
  }

  private readonly open = async () => {
    this.opened = true;
    await this.updateComplete;
    this.sheet.showModal();
  };

  private readonly close = () => this.sheet.close();

  private readonly closeOnBackdrop = (event: Event) => {
    if (event.target === this.sheet) this.sheet.close();
  };
}

function failureOf({ failure }: Player): string | undefined {
  return failure && FAILURES[failure];
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-player-bar': PlayerBar;
  }
}
