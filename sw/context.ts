import type { Broadcast, BroadcastEnvelope } from '../core/contract/broadcasts.ts';
import { PROTOCOL } from '../core/contract/version.ts';
import { Tap } from '../core/messaging/tap.ts';
import type { NetworkRules } from '../core/model/unmetered.ts';
import { Connection, type Database, openForWriting } from '../core/storage/database.ts';
import { databaseNameFor } from '../core/storage/schema.ts';
import { ProgressBoard } from './downloads/progress-board.ts';
import { RunningWork } from './downloads/running-work.ts';
import { DroppedMessages } from './dropped-messages.ts';

/**
 * Everything a flow may touch outside itself. It is passed in, never imported, so that every flow
 * can run against another clock, network or store.
 */
export interface WorkerContext {
  /** The registration's scope: `/media` and the rest are resolved against it. */
  readonly baseUrl: URL;
  readonly build: string;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: Clients;
  readonly caches: CacheStorage;
  readonly locks: LockManager;
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  readonly skipWaiting: () => Promise<void>;
  /** ms since 1970. */
  readonly now: () => number;
  readonly isOnline: () => boolean;
  /** Which networks the user wants downloads on, and which one this is. */
  readonly networkRules: () => Promise<NetworkRules>;
  /** A fresh id of 22 base64url characters. */
  readonly randomId: () => string;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Names this life of the worker: the owner of foreground leases, and of the lock that pages watch. */
  readonly lifeId: string;
  readonly database: () => Promise<Database>;
  /** Tells every window, controlled or not. Never rejects: a lost broadcast is no loss. */
  readonly broadcast: (broadcast: Broadcast) => Promise<void>;
  /** Where the Inspector listens, while one is open. */
  readonly tap: Tap;
  readonly dropped: DroppedMessages;
  readonly progress: ProgressBoard;
  readonly running: RunningWork;
  /** For what should never happen. */
  readonly report: (error: unknown) => void;
}

export function createContext(scope: ServiceWorkerGlobalScope, build: string): WorkerContext {
  const baseUrl = new URL(scope.registration.scope);
  const connection = new Connection<Database>((onClosed) =>
    openForWriting(onClosed, databaseNameFor(baseUrl.href)),
  );
  const tap = new Tap('worker');
  const randomId = () => base64url(crypto.getRandomValues(new Uint8Array(16)));
  return {
    baseUrl,
    build,
    registration: scope.registration,
    clients: scope.clients,
    caches: scope.caches,
    locks: scope.navigator.locks,
    fetch: (input, init) => scope.fetch(input, init),
    skipWaiting: () => scope.skipWaiting(),
    now: () => Date.now(),
    isOnline: () => scope.navigator.onLine,
    networkRules: async () => ({
      unmeteredOnly: false,
      connection: scope.navigator.connection,
    }),
    randomId,
    random: () => Math.random(),
    lifeId: randomId(),
    database: () => connection.get(),
    broadcast: (broadcast) => tellWindows(scope.clients, broadcast, tap).catch(() => undefined),
    tap,
    dropped: new DroppedMessages(),
    progress: new ProgressBoard(() => Date.now()),
    running: new RunningWork(),
    report: (error) => console.error(error),
  };
}

async function tellWindows(clients: Clients, broadcast: Broadcast, tap: Tap): Promise<void> {
  const message: BroadcastEnvelope = { protocol: PROTOCOL, kind: 'broadcast', broadcast };
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  for (const client of windows) client.postMessage(message);
  tap.record(() => ({
    channel: 'broadcast',
    from: 'worker',
    to: 'page',
    type: broadcast.type,
    phase: 'only',
    payload: broadcast,
  }));
}

/** Base64 without padding, safe in addresses (RFC 4648 section 5). */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
