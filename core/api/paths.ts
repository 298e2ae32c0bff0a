/**
 * Where the gateway listens, relative to the app: the app may live under a sub-path, so its side
 * resolves these against its own base. The gateway mounts them at `/`.
 */
export const FEEDS_PATH = 'api/feeds';
export const OUTLINES_PATH = 'api/outlines';
export const RELAY_PATH = 'api/relay/';
export const RELAY_TOKENS_PATH = 'api/relay-tokens';
/** A WebSocket; below it the same as server-sent events, and what a page follows. */
export const LIVE_PATH = 'api/live';
export const LIVE_EVENTS_PATH = 'api/live/events';
export const LIVE_FOLLOWS_PATH = 'api/live/follows';
/** `?q=…`: what a directory of podcasts knows. */
export const SEARCH_PATH = 'api/search';
export const HEALTH_PATH = 'healthz';

/**
 * The address of relayed bytes, relative to the app. With `etag` (strong, with its quotes) the
 * gateway answers 412 instead of bytes of another version.
 */
export function relayPath(token: string, etag?: string): string {
  const query = etag === undefined ? '' : `?etag=${encodeURIComponent(etag)}`;
  return `${RELAY_PATH}${token}${query}`;
}
