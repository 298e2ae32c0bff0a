import type { Context } from 'hono';
import type { UpgradeWebSocket } from 'hono/ws';
import type { AddressPolicy } from './guard/addresses.ts';
import type { ClientAllowance } from './guard/limits.ts';
import type { RoomLimits } from './guard/room.ts';
import type { TokenKey } from './guard/tokens.ts';
import type { PodcastIndexKey } from './search/podcast-index.ts';

/**
 * Everything with a platform in it. `node.ts` and `vite-plugin.ts` build one for Node; an edge
 * platform hands in its own `fetch`, and the handlers stay the same.
 */
export interface GatewayContext {
  fetch: OutboundFetch;
  /** ms since 1970. */
  now(): number;
  /** Signs and verifies relay tokens. */
  tokenKey: TokenKey;
  /** Whom to count a request against: the address of the client that sent it. */
  clientAddress(c: Context): string;
  /** Missing where the platform has no WebSockets: live updates come as server-sent events. */
  upgradeWebSocket?: UpgradeWebSocket;
  /** Aborted when the server ends: nothing is polled or announced any more. */
  closed: AbortSignal;
  config: GatewayConfig;
}

export interface GatewayConfig extends AddressPolicy {
  /** Browsers reach this server by https, perhaps through a proxy: send HSTS. */
  https: boolean;
  /** Pages reach podcast hosts through this gateway alone: their CSP drops `https:`. */
  gatewayOnly: boolean;
  /** How the outside reaches this server, such as `https://podcasts.example`, where it was told. */
  origin: string | undefined;
  poll: PollPace;
  search: SearchSettings;
  limits: GatewayLimits;
}

/** Where podcasts are searched for. */
export interface SearchSettings {
  itunesUrl: URL;
  podcastIndexUrl: URL;
  /** With it, Podcast Index is asked in place of iTunes. */
  podcastIndexKey: PodcastIndexKey | undefined;
}

/** How often a followed feed is asked for, whatever it says itself. */
export interface PollPace {
  minMs: number;
  maxMs: number;
}

export interface GatewayLimits {
  /** Of one feed, decoded. */
  feedBytes: number;
  /** Of feeds and lists: from their first byte until the answer that was made of them is sent. */
  room: RoomLimits;
  /** For one feed with all its redirects, to its last byte. */
  feedTimeoutMs: number;
  /** Relayed bytes may pause this long, the first one included. A client that reads slowly may. */
  idleTimeoutMs: number;
  imageBytes: number;
  /** Of chapters and transcripts, decoded. */
  textBytes: number;
  client: ClientAllowance;
  /** Of one answer of a directory of podcasts, decoded. */
  searchBytes: number;
  searchTimeoutMs: number;
  /** Of questions to the directory. */
  searches: ClientAllowance;
  /** Of live connections, and of all that is said on them. */
  live: ClientAllowance;
}

export const DEFAULT_LIMITS: GatewayLimits = {
  feedBytes: 25 * 1024 * 1024,
  // What is made of a feed weighs some three times as much, for a moment.
  room: { bytes: 192 * 1024 * 1024, bytesPerClient: 64 * 1024 * 1024 },
  feedTimeoutMs: 30_000,
  idleTimeoutMs: 30_000,
  imageBytes: 10 * 1024 * 1024,
  textBytes: 2 * 1024 * 1024,
  client: {
    // A seek storm asks 20 times a second; an hour of audio is some 60 MB.
    requests: { burst: 1200, perSecond: 20 },
    bytes: { burst: 4 * 1024 ** 3, perSecond: 32 * 1024 ** 2 },
    concurrentStreams: 32,
  },
  searchBytes: 2 * 1024 * 1024,
  searchTimeoutMs: 10_000,
  searches: {
    // One for each pause in somebody's typing.
    requests: { burst: 30, perSecond: 0.5 },
    bytes: { burst: 1, perSecond: 1 },
    concurrentStreams: 0,
  },
  live: {
    // A page says one thing when it connects, and one when its library changes.
    requests: { burst: 120, perSecond: 4 },
    bytes: { burst: 16 * 1024 ** 2, perSecond: 64 * 1024 },
    // A household, or an office behind one address.
    concurrentStreams: 128,
  },
};

/** The part of `fetch` that the gateway uses. It must not follow redirects by itself. */
export type OutboundFetch = (
  url: string,
  init: {
    method: 'GET' | 'HEAD';
    headers: Record<string, string>;
    redirect: 'manual';
    signal: AbortSignal;
  },
) => Promise<OutboundResponse>;

export interface OutboundResponse {
  status: number;
  headers: { get(name: string): string | null };
  /** Decoded, if the answer was compressed. */
  body: ReadableStream<Uint8Array> | null;
}
