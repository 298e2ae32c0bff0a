/**
 * Everything that may go wrong in the ordinary course of things. A failure is a value: it is
 * returned, stored on rows and sent in messages. Its words are the app's business
 * (`app/failure-text.ts`); exceptions are for bugs and broken channels.
 */
export type Failure =
  /** What was typed is no address at all. */
  | { code: 'address-invalid' }
  /** A private, loopback or reserved address, which the gateway does not fetch. */
  | { code: 'address-refused' }
  /** This device has no connection. */
  | { code: 'offline' }
  /** This window has no service worker (some private windows): nothing can be kept here. */
  | { code: 'worker-missing' }
  /** Page and worker are of versions that do not speak with each other. */
  | { code: 'outdated' }
  /** Another window of the app holds on to an older database, which is to be migrated. */
  | { code: 'database-blocked' }
  /** The gateway did not answer, or answered with something that is not its own. */
  | { code: 'gateway-unreachable' }
  /** The gateway will not do it: it, or something in front of it, says no. */
  | { code: 'gateway-refused'; status: number }
  | { code: 'feed-not-found'; status: number }
  | { code: 'feed-denied'; status: number }
  /** Any other status that is not a success. */
  | { code: 'feed-http-status'; status: number }
  | { code: 'feed-unreachable' }
  | { code: 'feed-timeout' }
  | { code: 'feed-redirects' }
  | { code: 'feed-too-large'; limitBytes: number }
  /** The address answers, with a web page or something else that is no feed. */
  | { code: 'feed-not-a-feed' }
  /** It begins like a feed, but cannot be read to its end. */
  | { code: 'feed-broken' }
  /** A good feed in which no item carries audio. */
  | { code: 'feed-without-audio' }
  /** The host does not allow pages to read it (no CORS), and there is no gateway. */
  | { code: 'feed-needs-gateway' }
  /** The directory of podcasts does not answer, or has been asked too often. */
  | { code: 'search-unavailable' }
  /** Directories are searched through the gateway, and there is none. */
  | { code: 'search-needs-gateway' }
  /** What should be a list of podcasts (OPML) is something else. */
  | { code: 'opml-not-a-list' }
  /** It begins like a list, but cannot be read to its end. */
  | { code: 'opml-broken' }
  /** A good list without a single podcast. */
  | { code: 'opml-empty' }
  | { code: 'opml-too-large'; limitBytes: number }
  | { code: 'opml-too-many'; limitFeeds: number }
  | { code: 'enclosure-missing' }
  | { code: 'enclosure-not-found'; status: number }
  | { code: 'enclosure-denied'; status: number }
  | { code: 'enclosure-http-status'; status: number }
  | { code: 'enclosure-unreachable' }
  | { code: 'enclosure-refused' }
  /** The address answers with a web page or other text where audio should be. */
  | { code: 'enclosure-not-audio' }
  /** The host kept answering with different bytes for the same address. */
  | { code: 'enclosure-changed' }
  /** What the host sends is not what the feed promises (`podcast:integrity`). */
  | { code: 'enclosure-integrity' }
  /** The host does not allow keeping (no CORS), and there is no gateway: it can only be streamed. */
  | { code: 'play-only' }
  | { code: 'no-space'; neededBytes: number | undefined; freeBytes?: number | undefined }
  /** A bug, or a platform that broke its word. The detail is for a bug report, not for people. */
  | { code: 'unexpected'; detail: string };

export type FailureCode = Failure['code'];

/** The result of something that may fail in the ordinary course of things. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure };
}
