import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DirectoryResult } from '../../core/model/directory-search.ts';
import type { Failure } from '../../core/model/failure.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import { failureText } from '../failure-text.ts';
import { href } from '../router.ts';
import { dotted } from './figures.ts';
import { icon } from './icon.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';
import './artwork.ts';

/** The user wants this podcast, out of what the directory found. */
export class SubscribeFoundEvent extends Event {
  readonly podcastId: PodcastId;

  constructor(podcastId: PodcastId) {
    super('subscribe-found', { bubbles: true, composed: true });
    this.podcastId = podcastId;
  }
}

/**
 * One podcast that the directory knows. Stands inside an `<li>`, which gives it the role.
 *
 * @fires {SubscribeFoundEvent} subscribe-found
 */
@customElement('sa-directory-row')
export class DirectoryRow extends LitElement {
  @property({ attribute: false }) result: DirectoryResult | undefined;
  @property() artworkUrl: string | undefined;
  /** The podcast in the library, where it is there. */
  @property() subscribedAs: PodcastId | undefined;
  @property({ type: Boolean }) busy = false;
  /** Why it could not be subscribed to just now. */
  @property({ attribute: false }) failure: Failure | undefined;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        padding: 14px 0;
      }
      .row {
        display: grid;
        grid-template-columns: 64px minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 14px;
      }
      sa-artwork {
        --artwork-radius: 10px;
      }
      .title,
      .by,
      .about {
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow-wrap: anywhere;
      }
      .title {
        color: var(--ink);
        font-weight: 650;
        letter-spacing: -0.006em;
        line-height: 1.3;
        text-decoration: none;
      }
      a.title:hover {
        text-decoration: underline;
      }
      .by,
      .about {
        margin-top: 2px;
        color: var(--quiet);
        font-size: 0.8125rem;
        line-height: 1.4;
      }
      .button {
        min-width: 112px;
        padding: 0 14px;
        font-size: 0.875rem;
      }
      .done[aria-disabled='true'],
      .done[aria-disabled='true']:hover {
        gap: 4px;
        background: none;
        color: var(--accent);
      }
      .alert {
        margin-top: 8px;
        color: var(--alarm);
        font-size: 0.875rem;
        line-height: 1.45;
      }
      .alert:empty {
        display: none;
      }
      @media (min-width: 900px) {
        .row {
          grid-template-columns: 72px minmax(0, 1fr) auto;
          gap: 0 18px;
        }
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { result, subscribedAs } = this;
    if (!result) return nothing;
    const { title, author, episodeCount, description } = result;
    const episodes = episodeCount
      ? `${episodeCount.toLocaleString()} ${episodeCount === 1 ? 'episode' : 'episodes'}`
      : undefined;
    const by = dotted(author, episodes);
    return html`<div class="row">
        <sa-artwork .src=${this.artworkUrl} .name=${title}></sa-artwork>
        <div>
          ${
            subscribedAs
              ? html`<a class="title" href=${href({ page: 'podcast', id: subscribedAs })}>${title}</a>`
              : html`<p class="title">${title}</p>`
          }
          ${by ? html`<p class="by figures">${by}</p>` : nothing}
          ${description ? html`<p class="about">${description}</p>` : nothing}
        </div>
        ${this.renderButton(title)}
      </div>
      <p class="alert" role="alert">${this.failure ? failureText(this.failure) : nothing}</p>`;
  }

  /** One button in every state, so that whoever pressed it keeps the focus. */
  private renderButton(title: string): TemplateResult {
    const done = this.subscribedAs !== undefined;
    const words = done ? 'Subscribed' : this.busy ? 'Subscribing…' : 'Subscribe';
    return html`<button
      type="button"
      class=${done ? 'button done' : 'button'}
      aria-disabled=${done || this.busy ? 'true' : nothing}
      aria-label="${words} to ${title}"
      @click=${this.press}
    >
      ${done ? icon('check') : nothing}${words}
    </button>`;
  }

  private readonly press = (): void => {
    if (!this.result || this.busy || this.subscribedAs) return;
    this.dispatchEvent(new SubscribeFoundEvent(this.result.id));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-directory-row': DirectoryRow;
  }
}
