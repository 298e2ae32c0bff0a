import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Chapter } from '../../core/model/parsed-feed.ts';
import { clock } from './figures.ts';
import { outsideHref } from './outside-address.ts';
import { SeekEvent } from './seek-slider.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

/**
 * The chapters of an episode. While it is the current one, pressing a chapter goes there.
 *
 * @fires {SeekEvent} seek
 */
@customElement('sa-chapter-list')
export class ChapterList extends LitElement {
  @property({ attribute: false }) chapters: readonly Chapter[] = [];
  /** Whether the player holds this episode. */
  @property({ type: Boolean }) seekable = false;
  /** Where playback is; marks the chapter it is in. */
  @property({ type: Number }) positionS: number | undefined;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      li {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      .chapter {
        display: grid;
        flex: 1;
        grid-template-columns: 7ch minmax(0, 1fr);
        gap: 8px;
        min-height: 48px;
        align-items: center;
        padding: 8px 0;
        text-align: left;
        overflow-wrap: anywhere;
      }
      button.chapter:hover .title {
        text-decoration: underline;
        text-underline-offset: 0.18em;
      }
      .time {
        color: var(--quiet);
        font-size: 0.875rem;
      }
      .now {
        color: var(--accent);
        font-weight: 650;
      }
      .now .time {
        color: inherit;
      }
      a {
        padding: 8px 0;
        font-size: 0.875rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const now = this.current();
    return html`<ol role="list">
      ${this.chapters.map((chapter, index) => {
        const link = outsideHref(chapter.url);
        return html`<li>
          ${this.renderChapter(chapter, index === now)}
          ${
            link
              ? html`<a href=${link} target="_blank" rel="noopener noreferrer"
                  >Link<span class="unseen"> of ${chapter.title ?? 'this chapter'}</span></a
                >`
              : ''
          }
        </li>`;
      })}
    </ol>`;
  }

  private renderChapter(chapter: Chapter, now: boolean): TemplateResult {
    const words = html`<span class="time figures">${clock(chapter.startS)}</span
      ><span class="title">${chapter.title ?? 'Untitled'}</span>`;
    if (!this.seekable) return html`<div class="chapter">${words}</div>`;
    return html`<button
      type="button"
      class="chapter ${now ? 'now' : ''}"
      aria-current=${now ? 'true' : 'false'}
      @click=${() => this.dispatchEvent(new SeekEvent(chapter.startS))}
    >
      ${words}
    </button>`;
  }

  private current(): number {
    const { positionS } = this;
    if (!this.seekable || positionS === undefined) return -1;
    return this.chapters.findLastIndex(({ startS }) => startS <= positionS);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-chapter-list': ChapterList;
  }
}
