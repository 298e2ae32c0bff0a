import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Episode } from '../../../core/model/episode.ts';
import type { EpisodeId } from '../../../core/model/ids.ts';
import type { Person } from '../../../core/model/parsed-feed.ts';
import { downloadsContext, libraryContext, playerContext, statusContext } from '../../contexts.ts';
import { EpisodeActions } from '../../controllers/episode-actions.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { href } from '../../router.ts';
import { buttonsFor, playsOffline } from '../download-words.ts';
import { bytes, date, dotted, duration } from '../figures.ts';
import { outsideHref } from '../outside-address.ts';
import { PageTitleEvent } from '../page-title-event.ts';
import { readFailure } from '../parts/read-failure.ts';
import type { SeekEvent } from '../seek-slider.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { hero } from '../styles/hero.ts';
import { page } from '../styles/page.ts';
import { episodeStyles } from './episode-styles.ts';
import '../artwork.ts';
import '../chapter-list.ts';
import '../copy-choice.ts';
import '../download-buttons.ts';
import '../download-progress.ts';
import '../download-status.ts';
import '../keep-button.ts';
import '../notes.ts';
import '../notice.ts';
import '../play-button.ts';
import '../transcript.ts';

const PLAY_ONLY =
  'Its host lets it be played, with a connection, but not kept. Download asks the host again.';

/** One episode, with everything its feed says about it. */
@customElement('sa-episode-page')
export class EpisodePage extends LitElement {
  @property({ attribute: false }) episodeId: EpisodeId | undefined;

  private readonly library = new Live(this, libraryContext);
  private readonly downloads = new Live(this, downloadsContext);
  private readonly player = new Live(this, playerContext);
  private readonly status = new Live(this, statusContext);
  private readonly rows = new LiveRows(this, {
    live: this.library,
    args: () => [this.episodeId],
    read: async (library, id) => {
      const episode = id && (await library.episode(id));
      return { episode, podcast: episode && (await library.podcast(episode.podcastId)) };
    },
  });
  /** Apart from the episode, because these may have to come over the network. */
  private readonly extras = new LiveRows(this, {
    live: this.library,
    args: () => [this.rows.rows?.episode],
    read: async (library, episode) => {
      if (!episode) return undefined;
      const [chapters, cues] = await Promise.all([
        library.chapters(episode),
        library.transcript(episode),
      ]);
      return { chapters, cues };
    },
  });

  static override readonly styles = [base, controls, page, hero, episodeStyles];

  constructor() {
    super();
    new EpisodeActions(this);
  }

  protected override updated(): void {
    const title = this.rows.rows?.episode?.title;
    if (title) this.dispatchEvent(new PageTitleEvent(title));
  }

  protected override render(): TemplateResult {
    const { rows } = this.rows;
    if (!rows && this.rows.error) return readFailure(this.rows);
    if (rows && !rows.episode) return renderMissing();
    const episode = rows?.episode;
    return html`<div class="hero">${this.renderHero(episode)}</div>
      ${episode ? this.renderProgress(episode) : nothing}
      ${episode?.description ? renderNotes(episode.description) : nothing}
      ${this.renderExtras(episode)}
      ${episode && episode.persons.length > 0 ? renderPersons(episode.persons) : nothing}`;
  }

  private renderHero(episode: Episode | undefined): TemplateResult {
    const podcast = this.rows.rows?.podcast;
    const { service: library } = this.library;
    const artwork =
      (episode && library.artworkUrl(episode)) ?? (podcast && library.artworkUrl(podcast));
    const name = podcast?.title ?? episode?.title ?? '';
    return html`<div class="glow" aria-hidden="true">
        ${episode ? html`<sa-artwork .src=${artwork} .name=${name}></sa-artwork>` : nothing}
      </div>
      <sa-artwork class="cover" eager .src=${artwork} .name=${name}></sa-artwork>
      <div class="words">
        <p class="podcast">
          ${
            podcast
              ? html`<a href=${href({ page: 'podcast', id: podcast.id })}>${podcast.title}</a>`
              : nothing
          }
        </p>
        <h1 tabindex="-1">${episode?.title ?? html`<span class="unseen">Episode</span>`}</h1>
        <p class="by figures">${episode && this.facts(episode)}</p>
        <div class="actions">${episode ? this.renderActions(episode) : nothing}</div>
      </div>`;
  }

  private facts(episode: Episode): string {
    const sizeBytes =
      this.downloads.service.all.get(episode.id)?.totalBytes ?? episode.enclosure?.sizeBytes;
    return dotted(
      date(episode.publishedAt),
      episode.durationS ? duration(episode.durationS) : undefined,
      sizeBytes ? bytes(sizeBytes) : undefined,
      episode.season && episode.episode ? `S${episode.season} E${episode.episode}` : undefined,
    );
  }

  private renderActions(episode: Episode): TemplateResult {
    const { service: player } = this.player;
    const { service: status } = this.status;
    const download = this.downloads.service.all.get(episode.id);
    const state = download?.state ?? { kind: 'absent' };
    const playing = player.playing && player.current?.episode.id === episode.id;
    const canKeep = status.worker !== 'online-only';
    const playOnly = state.kind === 'absent' && this.downloads.service.isPlayOnly(episode);
    const plays = status.online || playing || playsOffline(download);
    const obstacle = plays ? undefined : 'Playing it needs a connection.';
    return html`<sa-play-button
        large
        .episode=${episode}
        .playing=${playing}
        .obstacle=${obstacle}
      ></sa-play-button>
      <sa-download-buttons
        large
        .episode=${episode}
        .state=${state}
        .canKeep=${canKeep}
      ></sa-download-buttons>
      ${
        state.kind === 'committed'
          ? html`<sa-keep-button
              large
              .episode=${episode}
              .kept=${download?.keep ?? false}
            ></sa-keep-button>`
          : nothing
      }
      <p class="state">
        <sa-download-status .state=${state}></sa-download-status>
        ${obstacle ? html`<span>${obstacle}</span>` : nothing}
        ${playOnly ? html`<span>${PLAY_ONLY}</span>` : nothing}
      </p>
      ${
        buttonsFor(state).onward === 'Download' && canKeep
          ? html`<sa-copy-choice .episode=${episode}></sa-copy-choice>`
          : nothing
      }`;
  }

  private renderProgress(episode: Episode): TemplateResult {
    return html`<sa-download-progress
      .view=${this.downloads.service.all.get(episode.id)}
      .episodeTitle=${episode.title}
    ></sa-download-progress>`;
  }

  private renderExtras(episode: Episode | undefined): TemplateResult | typeof nothing {
    const extras = this.extras.rows;
    if (!episode || !extras) return nothing;
    const { service: player } = this.player;
    const current = player.current?.episode.id === episode.id;
    return html`${
      extras.chapters.length > 0
        ? html`<section aria-label="Chapters">
              <h2>Chapters</h2>
              <sa-chapter-list
                .chapters=${extras.chapters}
                .seekable=${current}
                .positionS=${current ? player.positionS : undefined}
                @seek=${({ positionS }: SeekEvent) => player.seek(positionS)}
              ></sa-chapter-list>
            </section>`
        : nothing
    }
      ${
        extras.cues.length > 0
          ? html`<section aria-label="Transcript">
              <h2>Transcript</h2>
              <sa-transcript .cues=${extras.cues}></sa-transcript>
            </section>`
          : nothing
      }`;
  }
}

function renderNotes(description: string): TemplateResult {
  return html`<section aria-label="Show notes">
    <h2>Show notes</h2>
    <sa-notes .source=${description}></sa-notes>
  </section>`;
}

function renderPersons(persons: Person[]): TemplateResult {
  return html`<section aria-label="People">
    <h2>People</h2>
    <ul class="persons" role="list">
      ${persons.map(({ name, role, url }) => {
        const link = outsideHref(url);
        return html`<li>
          ${
            link
              ? html`<a href=${link} target="_blank" rel="noopener noreferrer">${name}</a>`
              : html`<span>${name}</span>`
          }
          ${role ? html`<span class="quiet">${role}</span>` : nothing}
        </li>`;
      })}
    </ul>
  </section>`;
}

function renderMissing(): TemplateResult {
  return html`<h1 tabindex="-1" class="unseen">Episode</h1>
    <sa-notice sign="episodes" heading="Not in your library">
      This episode is not part of any podcast that is subscribed on this device.
      <a slot="action" class="button" href=${href({ page: 'library' })}>To your library</a>
    </sa-notice>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-episode-page': EpisodePage;
  }
}
