import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { isUnfinished } from '../../core/model/download.ts';
import { downloadsContext, playerContext } from '../contexts.ts';
import { Live } from '../controllers/live.ts';
import { loadAnew } from '../fresh-document.ts';
import { href, type Route, Router } from '../router.ts';
import type { AnnounceEvent } from './announce-event.ts';
import { appStyles } from './app-styles.ts';
import { icon } from './icon.ts';
import type { PageTitleEvent } from './page-title-event.ts';
import { PAGES, renderPage } from './pages/index.ts';
import { partMissing } from './parts/part-missing.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';
import './nav.ts';
import './parts/banners.ts';
import './parts/player-bar.ts';

/** The whole app: navigation, the current page, the player. Needs every context above it. */
@customElement('stowaway-app')
export class StowawayApp extends LitElement {
  private readonly downloads = new Live(this, downloadsContext);
  private readonly player = new Live(this, playerContext);
  private readonly router = new Router(this);
  /** The page that stands; the last one stays until the next one's code is here. */
  @state() private shown: Route | undefined;
  @state() private unavailable = false;
  @state() private announcement = '';
  @query('main') private main!: HTMLElement;
  private asked: Route | undefined;

  static override readonly styles = [base, controls, appStyles];

  protected override willUpdate(): void {
    this.toggleAttribute('playing', this.player.service.current !== undefined);
    if (this.asked === this.router.route) return;
    const first = this.asked === undefined;
    this.asked = this.router.route;
    void this.show(this.asked, first);
  }

  private async show(route: Route, first: boolean): Promise<void> {
    let unavailable = false;
    try {
      await PAGES[route.page].load();
    } catch {
      if (this.asked !== route) return;
      // What plays would end with its document.
      if (!this.player.service.playing && loadAnew()) return;
      unavailable = true;
    }
    if (this.asked !== route) return;
    this.shown = route;
    this.unavailable = unavailable;
    this.announcement = '';
    document.title = titled(PAGES[route.page].title);
    await this.updateComplete;
    if (!first) await this.focusHeading();
    this.router.settle(this.main);
  }

  /** Tells keyboards and screen readers that the page is another one. */
  private async focusHeading(): Promise<void> {
    const page = this.main.querySelector('#page');
    if (page instanceof LitElement) await page.updateComplete;
    const heading = page?.shadowRoot?.querySelector('h1');
    (heading ?? this.main).focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { shown } = this;
    return html`<header><a class="skip" href="#main" @click=${this.skip}>Skip to content</a></header>
      <sa-nav
        .current=${shown?.page ?? this.router.route.page}
        .busyDownloads=${this.busyDownloads}
      ></sa-nav>
      <main tabindex="-1" @page-title=${this.retitle} @announce=${this.announce}>
        ${this.unavailable ? partMissing() : nothing}
        ${shown && !this.unavailable ? keyed(href(shown), renderPage(shown)) : nothing}
      </main>
      <div class="bottom">
        <sa-banners .inLibrary=${shown?.page === 'library'}></sa-banners>
        <div role="alert">${this.announcement ? this.renderAnnouncement() : nothing}</div>
        <sa-player-bar></sa-player-bar>
      </div>`;
  }

  private get busyDownloads(): number {
    let busy = 0;
    for (const { state } of this.downloads.service.all.values()) {
      if (isUnfinished(state) && state.kind !== 'deleting') busy += 1;
    }
    return busy;
  }

  private renderAnnouncement(): TemplateResult {
    return html`<div class="announcement">
      <p>${this.announcement}</p>
      <button
        type="button"
        class="round"
        aria-label="Dismiss"
        @click=${() => {
          this.announcement = '';
        }}
      >
        ${icon('cancel')}
      </button>
    </div>`;
  }

  private readonly skip = (event: Event): void => {
    // The hash belongs to the router.
    event.preventDefault();
    this.main.focus();
  };

  private readonly retitle = ({ text }: PageTitleEvent): void => {
    document.title = titled(text);
  };

  private readonly announce = ({ text }: AnnounceEvent): void => {
    this.announcement = text;
  };
}

function titled(text: string): string {
  return `${text} · Stowaway`;
}

declare global {
  interface HTMLElementTagNameMap {
    'stowaway-app': StowawayApp;
  }
}
