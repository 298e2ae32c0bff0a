import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { href, type PlainPage, type Route } from '../router.ts';
import { icon } from './icon.ts';
import { base } from './styles/base.ts';

const LINKS: readonly [Exclude<PlainPage, 'import'>, string][] = [
  ['library', 'Library'],
  ['episodes', 'Episodes'],
  ['downloads', 'Downloads'],
  ['search', 'Search'],
  ['settings', 'Settings'],
  ['inspector', 'Inspector'],
];

/** The way around: a bar at the bottom of a phone, a column at the side of a desktop. */
@customElement('sa-nav')
export class Nav extends LitElement {
  @property() current: Route['page'] = 'library';
  /** How many downloads are under way; shown as a badge. */
  @property({ type: Number }) busyDownloads = 0;

  static override readonly styles = [
    base,
    css`
      :host {
        display: block;
      }
      .brand {
        display: none;
      }
      ul {
        display: flex;
        justify-content: space-around;
        height: calc(var(--nav-height) + env(safe-area-inset-bottom));
        padding: 6px 2px env(safe-area-inset-bottom);
        border-top: 1px solid var(--line);
        background: var(--surface);
      }
      li {
        flex: 1;
        min-width: 0;
        max-width: 110px;
      }
      a {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 2px;
        color: var(--quiet);
        font-size: 0.6875rem;
        font-weight: 600;
        line-height: 1.3;
        text-decoration: none;
      }
      .sign {
        position: relative;
        display: grid;
        place-items: center;
        width: min(56px, 100%);
        height: 32px;
        border-radius: 16px;
        transition: background-color 0.15s;
      }
      a:hover {
        color: var(--ink);
      }
      a[aria-current] {
        color: var(--accent);
      }
      a[aria-current] .sign {
        background: var(--tint);
      }
      .badge {
        position: absolute;
        top: -1px;
        right: 5px;
        min-width: 18px;
        height: 18px;
        padding: 0 5px;
        border-radius: 9px;
        background: var(--accent);
        color: var(--on-accent);
        font-size: 0.6875rem;
        font-weight: 700;
        line-height: 18px;
        text-align: center;
      }
      @media (min-width: 900px) {
        .brand {
          display: flex;
          align-items: center;
          gap: 12px;
          padding: 32px 28px 28px;
          font-size: 1.1875rem;
          font-weight: 750;
          letter-spacing: -0.02em;
        }
        .brand img {
          width: 32px;
          height: 32px;
        }
        ul {
          flex-direction: column;
          justify-content: start;
          gap: 4px;
          height: auto;
          padding: 0 16px;
          border: 0;
          background: none;
        }
        li {
          flex: none;
          max-width: none;
        }
        a {
          flex-direction: row;
          gap: 14px;
          padding: 0 14px;
          min-height: 44px;
          border-radius: 12px;
          font-size: 0.9375rem;
        }
        a:hover {
          background: var(--sunken);
        }
        a[aria-current] {
          background: var(--tint);
        }
        a:focus-visible {
          border-radius: 12px;
        }
        .sign {
          position: static;
          width: 24px;
        }
        li {
          position: relative;
        }
        .badge {
          top: 13px;
          right: 14px;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<div class="brand" aria-hidden="true">
        <img src=${new URL('icons/favicon.svg', document.baseURI).href} alt="" />Stowaway
      </div>
      <nav aria-label="Main">
        <ul role="list">
          ${LINKS.map(
            ([page, name]) => html`<li>
              <a href=${href({ page })} aria-current=${this.current === page ? 'page' : nothing}>
                <span class="sign">
                  ${icon(page)}
                  ${
                    page === 'downloads' && this.busyDownloads > 0
                      ? html`<span class="badge figures" aria-hidden="true"
                          >${this.busyDownloads}</span
                        >`
                      : nothing
                  }
                </span>
                ${name}
              </a>
            </li>`,
          )}
        </ul>
      </nav>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-nav': Nav;
  }
}
