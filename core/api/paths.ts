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
 * How the gateway says that a host has another version now: 412, as RFC 9110 has it, or 204 where a
 * Background Fetch asks. Of a 412 Chromium shows nothing for 100 s: it tries every status but 401, 403
 * and 404 five times, 20 s apart, before the record is ready or the fetch fails (seen in 156).
 */
export type ChangedStatus = 412 | 204;

/**
 * The address of relayed bytes, relative to the app. With `etag` (strong, with its quotes) the
 * gateway answers `changed` instead of bytes of another version.
 */
export function relayPath(token: string, etag?: string, changed: ChangedStatus = 412): string {
  const version = etag === undefined ? '' : `?etag=${encodeURIComponent(etag)}`;
  const asked = version === '' || changed === 412 ? '' : `&changed=${changed}`;
  return `${RELAY_PATH}${token}${version}${asked}`;
}
