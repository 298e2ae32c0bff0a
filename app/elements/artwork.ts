import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

/**
 * A square picture that keeps its place while it loads. Where there is none, or it does not come, a
 * tile with the name's first letters stands in. Decoration: the name is always written beside it.
 *
 * @csspart tile - the square
 */
@customElement('sa-artwork')
export class Artwork extends LitElement {
  @property() src: string | undefined;
  /** Whose picture it is: gives the tile its letters and its hue. */
  @property() name = '';
  /** Load at once: for the one picture that a page opens with. */
  @property({ type: Boolean }) eager = false;
  @state() private loaded = false;
  @state() private broken = false;

  static override readonly styles = css`
    :host {
      display: block;
      container-type: inline-size;
      aspect-ratio: 1;
      border-radius: var(--artwork-radius, 12px);
    }
    .tile {
      position: relative;
      display: grid;
      place-items: center;
      width: 100%;
      height: 100%;
      overflow: hidden;
      border-radius: inherit;
      background: linear-gradient(
        150deg,
        hsl(var(--hue, 170) 34% 42%),
        hsl(calc(var(--hue, 170) + 40) 42% 24%)
      );
      color: #fff;
      font-size: 36cqi;
      font-weight: 750;
      letter-spacing: -0.04em;
      user-select: none;
    }
    /* Nothing is known yet: a place, and no claim. */
    .tile.nameless {
      background: var(--sunken);
    }
    .tile::after {
      content: '';
      position: absolute;
      inset: 0;
      border-radius: inherit;
      box-shadow: var(--edge);
      pointer-events: none;
    }
    img {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      object-fit: cover;
      opacity: 0;
      transition: opacity 0.25s;
    }
    img.loaded {
      opacity: 1;
    }
    @media (prefers-reduced-motion: reduce) {
      img {
        transition: none;
      }
    }
  `;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) {
      // A newer version of the same picture: the old one stays until it is here.
      if (this.src?.split('?')[0] !== changed.get('src')?.split('?')[0]) this.loaded = false;
      this.broken = false;
    }
    if (changed.has('name')) this.style.setProperty('--hue', String(hueOf(this.name)));
  }

  protected override render(): TemplateResult {
    return html`<div class=${this.name ? 'tile' : 'tile nameless'} part="tile" aria-hidden="true">
      ${initials(this.name)}
      ${
        this.src && !this.broken
          ? html`<img
              src=${this.src}
              alt=""
              decoding="async"
              loading=${this.eager ? 'eager' : 'lazy'}
              class=${this.loaded ? 'loaded' : ''}
              @load=${() => {
                this.loaded = true;
              }}
              @error=${() => {
                this.broken = true;
              }}
            />`
          : nothing
      }
    </div>`;
  }
}

/** Always the same for the same name, spread over the colour circle. */
function hueOf(name: string): number {
  let hash = 7;
  for (const sign of name) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) % 36000;
  return hash % 360;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => (Array.from(word)[0] ?? '').toUpperCase())
    .join('');
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-artwork': Artwork;
  }
}
