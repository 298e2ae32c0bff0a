import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type EpisodeId, isId, type PodcastId } from '../core/model/ids.ts';

export type PlainPage =
  | 'library'
  | 'episodes'
  | 'downloads'
  | 'search'
  | 'settings'
  | 'inspector'
  | 'import';

export type Route =
  | { page: PlainPage }
  /** What was searched for stands in the address: a reload, and the way back, find it again. */
  | { page: 'search'; words: string }
  /** The library, with an address filled in that came from outside: typed by nobody yet. */
  | { page: 'library'; address: string }
  | { page: 'podcast'; id: PodcastId }
  | { page: 'episode'; id: EpisodeId };

const PLAIN_PAGES: readonly string[] = [
  'library',
  'episodes',
  'downloads',
  'search',
  'settings',
  'inspector',
  'import',
] satisfies PlainPage[];

function isPlainPage(name: string): name is PlainPage {
  return PLAIN_PAGES.includes(name);
}

/**
 * Reads a location's hash. Hashes, because then the app works below any path on plain static
 * hosting, and one precached document answers every navigation. What is no route is the library.
 */
export function parseRoute(hash: string): Route {
  const address = /^#\/\?subscribe=(.+)$/s.exec(hash)?.[1];
  if (address !== undefined) return { page: 'library', address: decoded(address) };
  const [page = '', id, ...rest] = hash.replace(/^#\/?/, '').split('/');
  if (rest.length > 0) return { page: 'library' };
  if (id === undefined) return isPlainPage(page) ? { page } : { page: 'library' };
  if (page === 'search') return { page, words: decoded(id) };
  if (page === 'podcast' && isId<PodcastId>(id)) return { page, id };
  if (page === 'episode' && isId<EpisodeId>(id)) return { page, id };
  return { page: 'library' };
}

/** What somebody else wrote into the address may be anything, and of any length. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.slice(0, 4096));
  } catch {
    return '';
  }
}

/** The address of a route, for `href` and `location.hash`. */
export function href(route: Route): string {
  if ('words' in route) return `#/search/${encodeURIComponent(route.words)}`;
  if ('id' in route) return `#/${route.page}/${route.id}`;
  if ('address' in route) return `#/?subscribe=${encodeURIComponent(route.address)}`;
  return route.page === 'library' ? '#/' : `#/${route.page}`;
}

/** Follows the location. The host renders `route`, and calls `settle` once the new page stands. */
export class Router implements ReactiveController {
  route: Route = parseRoute(location.hash);
  private readonly host: ReactiveControllerHost;
  /** Scroll positions by history entry; the browser's own come before the page has its height. */
  private readonly positions = new Map<string, number>();
  private entry = '';
  private stopRestoring = () => {};

  constructor(host: ReactiveControllerHost) {
    this.host = host;
    host.addController(this);
  }

  hostConnected(): void {
    history.scrollRestoration = 'manual';
    this.entry = enterHistory().key;
    addEventListener('hashchange', this.follow);
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.follow);
    this.stopRestoring();
  }

  private readonly follow = () => {
    this.positions.set(this.entry, scrollY);
    this.stopRestoring();
    this.entry = enterHistory().key;
    this.route = parseRoute(location.hash);
    this.host.requestUpdate();
  };

  /**
   * Scrolls to where this history entry was left, or to the top. Rows arrive after the page, so it
   * waits for `content` to grow tall enough, until the user scrolls on their own.
   */
  settle(content: Element): void {
    const top = this.positions.get(this.entry) ?? 0;
    scrollTo(0, top);
    if (scrollY >= top) return;
    const sizes = new ResizeObserver(() => {
      scrollTo(0, top);
      if (scrollY >= top) this.stopRestoring();
    });
    const events = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
    this.stopRestoring = () => {
      sizes.disconnect();
      for (const event of events) removeEventListener(event, this.stopRestoring);
      this.stopRestoring = () => {};
    };
    for (const event of events) addEventListener(event, this.stopRestoring, { passive: true });
    sizes.observe(content);
  }
}

/** Names the current history entry, with the name it already has where we come back to it. */
function enterHistory(): { key: string } {
  const state: unknown = history.state;
  if (typeof state === 'object' && state !== null && 'key' in state) {
    if (typeof state.key === 'string') return { key: state.key };
  }
  const entry = { key: crypto.randomUUID() };
  history.replaceState(entry, '');
  return entry;
}
