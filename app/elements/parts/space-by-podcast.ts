import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PodcastId } from '../../../core/model/ids.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import { bytes } from '../figures.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { bytesByPodcast, type Shown, sumBytes } from './download-groups.ts';

/** All episodes of a podcast are to be selected. */
export class SelectPodcastEvent extends Event {
  readonly podcastId: PodcastId;

  constructor(podcastId: PodcastId) {
    super('select-podcast', { bubbles: true, composed: true });
    this.podcastId = podcastId;
  }
}

/**
 * What each podcast takes of the space, and what all of them take together.
 *
 * @fires {SelectPodcastEvent} select-podcast
 */
@customElement('sa-space-by-podcast')
export class SpaceByPodcast extends LitElement {
  @property({ attribute: false }) shown: readonly Shown[] = [];
  @property({ attribute: false }) podcasts: ReadonlyMap<PodcastId, Podcast> | undefined;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .podcast {
        display: grid;
        grid-template:
          'name button' auto
          'bar button' auto
          'amount button' auto / minmax(0, 1fr) auto;
        align-items: center;
        gap: 0 20px;
        padding: 10px 0;
      }
      .podcast + .podcast {
        border-top: 1px solid var(--line);
      }
      .name {
        grid-area: name;
        overflow: hidden;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .amount {
        grid-area: amount;
        color: var(--quiet);
        font-size: 0.875rem;
      }
      .button {
        grid-area: button;
        min-height: 40px;
        padding: 0 16px;
      }
      .bar {
        grid-area: bar;
        height: 6px;
        margin: 6px 0 2px;
        overflow: hidden;
        border-radius: 3px;
        background: var(--sunken);
      }
      .bar div {
        height: 100%;
        min-width: 6px;
        border-radius: 3px;
        background: var(--accent);
      }
    `,
  ];

  protected override updated(): void {
    // Styles in the markup are not allowed here (CSP).
    for (const bar of this.renderRoot.querySelectorAll<HTMLElement>('[data-share]')) {
      bar.style.width = `${Number(bar.dataset.share) * 100}%`;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const sums = bytesByPodcast(this.shown);
    const allBytes = sumBytes(this.shown);
    if (sums.length === 0) return nothing;
    return html`<div>
      ${sums.map(({ podcastId, count, sizeBytes }) => {
        const title = this.podcasts?.get(podcastId)?.title ?? 'Another podcast';
        return html`<div class="podcast" role="group" aria-label=${title}>
          <p class="name">${title}</p>
          <div class="bar" aria-hidden="true"><div data-share=${sizeBytes / allBytes}></div></div>
          <p class="amount figures">
            ${bytes(sizeBytes)} in ${count} ${count === 1 ? 'episode' : 'episodes'}
          </p>
          <button
            type="button"
            class="button"
            aria-label="Select all of ${title}"
            @click=${() => this.dispatchEvent(new SelectPodcastEvent(podcastId))}
          >
            Select
          </button>
        </div>`;
      })}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-space-by-podcast': SpaceByPodcast;
  }
}
