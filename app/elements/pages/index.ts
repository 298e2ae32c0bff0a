import { html, type TemplateResult } from 'lit';
import type { Route } from '../../router.ts';
// The page that most people open with comes with the app; every other one when it is asked for.
import './library-page.ts';

interface Page {
  title: string;
  load: () => Promise<unknown>;
}

export const PAGES: Record<Route['page'], Page> = {
  library: { title: 'Library', load: () => Promise.resolve() },
  episodes: { title: 'Episodes', load: () => import('./episodes-page.ts') },
  downloads: { title: 'Downloads', load: () => import('./downloads-page.ts') },
  search: { title: 'Search', load: () => import('./search-page.ts') },
  settings: { title: 'Settings', load: () => import('./settings-page.ts') },
  inspector: { title: 'Inspector', load: () => import('./inspector-page.ts') },
  import: { title: 'Import', load: () => import('./import-page.ts') },
  podcast: { title: 'Podcast', load: () => import('./podcast-page.ts') },
  episode: { title: 'Episode', load: () => import('./episode-page.ts') },
};

/** Every page has an `h1` from its first render on: navigation moves the focus there. */
export function renderPage(route: Route): TemplateResult {
  switch (route.page) {
    case 'library':
      return html`<sa-library-page
        id="page"
        .address=${'address' in route ? route.address : ''}
      ></sa-library-page>`;
    case 'episodes':
      return html`<sa-episodes-page id="page"></sa-episodes-page>`;
    case 'downloads':
      return html`<sa-downloads-page id="page"></sa-downloads-page>`;
    case 'search':
      return html`<sa-search-page id="page"></sa-search-page>`;
    case 'settings':
      return html`<sa-settings-page id="page"></sa-settings-page>`;
    case 'inspector':
      return html`<sa-inspector-page id="page"></sa-inspector-page>`;
    case 'import':
      return html`<sa-import-page id="page"></sa-import-page>`;
    case 'podcast':
      return html`<sa-podcast-page id="page" .podcastId=${route.id}></sa-podcast-page>`;
    case 'episode':
      return html`<sa-episode-page id="page" .episodeId=${route.id}></sa-episode-page>`;
  }
}
