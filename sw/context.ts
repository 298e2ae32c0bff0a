import type { Broadcast, BroadcastEnvelope } from '../core/contract/broadcasts.ts';
import { PROTOCOL } from '../core/contract/version.ts';
import { Tap } from '../core/messaging/tap.ts';
import { sparesData } from '../core/model/connection.ts';
import type { NetworkRules } from '../core/model/unmetered.ts';
import { Connection, type Database, openForWriting } from '../core/storage/database.ts';
import { databaseNameFor } from '../core/storage/schema.ts';
import { getSettings } from '../core/storage/settings.ts';
import { browserLife } from './browser-life.ts';
import { tidyShell } from './caching/shell.ts';
import { ClientLoad } from './client-load.ts';
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
  /**
   * Whether this worker is the one at work. One that is only being looked at, or installed beside an old
   * one, must touch no row: opening the database would migrate it. `false` where the browser does not say.
   */
  readonly isActivated: () => boolean;
  readonly skipWaiting: () => Promise<void>;
  /** ms since 1970. */
  readonly now: () => number;
  /** Calls back after so many ms, unless it is told before that nobody waits any more. */
  readonly later: (ms: number, run: () => void) => () => void;
  /** A signal that aborts after so many ms. */
  readonly timeout: (ms: number) => AbortSignal;
  readonly isOnline: () => boolean;
  /** Which networks the user wants downloads on, and which one this is. */
  readonly networkRules: () => Promise<NetworkRules>;
  /** Whether only what was asked for may be fetched now (Save-Data, a mobile network). */
  readonly sparesData: () => boolean;
  /** What the browser lets this origin use; `undefined` where it does not say. */
  readonly quotaBytes: () => Promise<number | undefined>;
  /** How much of that is left; `undefined` as well where it does not say. */
  readonly freeBytes: () => Promise<number | undefined>;
  /** A fresh id of 22 base64url characters. */
  readonly randomId: () => string;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Names this life of the worker: the owner of foreground leases, and of the lock that pages watch. */
  readonly lifeId: string;
  /** Names this life of the browser; `undefined` where that cannot be told. Never rejects. */
  readonly browserLife: () => Promise<string | undefined>;
  readonly database: () => Promise<Database>;
  /** Tells every window, controlled or not. Never rejects: a lost broadcast is no loss. */
  readonly broadcast: (broadcast: Broadcast) => Promise<void>;
  /** Has the browser wake the worker when there is a network. Never rejects: it may not be let. */
  readonly askToBeWoken: () => Promise<void>;
  /** Tells one window alone. Never rejects. */
  readonly tell: (window: WindowClient, broadcast: Broadcast) => Promise<void>;
  /** On the app's icon, where there is one; 0 takes it away. Never rejects. */
  readonly showBadge: (count: number) => Promise<void>;
  readonly notificationPermission: () => NotificationPermission;
  /** Where the Inspector listens, while one is open. */
  readonly tap: Tap;
  readonly dropped: DroppedMessages;
  readonly progress: ProgressBoard;
  readonly running: RunningWork;
  readonly load: ClientLoad;
  /** Deletes the files of old builds. Only the first script knows which are ours: see docs/decisions/02. */
  readonly tidyShell: () => Promise<void>;
  /** For what should never happen. */
  readonly report: (error: unknown) => void;
}

export function createContext(
  scope: ServiceWorkerGlobalScope,
  build: string,
  askToBeWoken: () => Promise<void>,
): WorkerContext {
  const baseUrl = new URL(scope.registration.scope);
  const connection = new Connection<Database>((onClosed) =>
    openForWriting(onClosed, databaseNameFor(baseUrl.href)),
  );
  const tap = new Tap('worker');
  const randomId = () => base64url(crypto.getRandomValues(new Uint8Array(16)));
  const context: WorkerContext = {
    baseUrl,
    build,
    registration: scope.registration,
    clients: scope.clients,
    caches: scope.caches,
    locks: scope.navigator.locks,
    fetch: (input, init) => scope.fetch(input, init),
    isActivated: () => scope.serviceWorker?.state === 'activated',
    skipWaiting: () => scope.skipWaiting(),
    now: () => Date.now(),
    later: (ms, run) => {
      const timer = scope.setTimeout(run, ms);
      return () => scope.clearTimeout(timer);
    },
    timeout: (ms) => AbortSignal.timeout(ms),
    isOnline: () => scope.navigator.onLine,
    networkRules: async () => ({
      unmeteredOnly: (await getSettings(await connection.get()))?.unmeteredOnly ?? false,
      connection: scope.navigator.connection,
    }),
    sparesData: () => sparesData(scope.navigator.connection),
    quotaBytes: async () => (await estimate(scope.navigator.storage)).quota,
    freeBytes: async () => {
      const { quota, usage = 0 } = await estimate(scope.navigator.storage);
      return quota === undefined ? undefined : Math.max(0, quota - usage);
    },
    randomId,
    random: () => Math.random(),
    lifeId: randomId(),
    browserLife: () => browserLife(scope.cookieStore, baseUrl.pathname, () => Math.random()),
    database: () => connection.get(),
    broadcast: (broadcast) =>
      allWindows(scope.clients)
        .then((windows) => tellWindows(windows, broadcast, tap))
        .catch(() => undefined),
    askToBeWoken,
    tell: async (window, broadcast) => tellWindows([window], broadcast, tap),
    // Not every browser has badges, and some only for installed apps.
    showBadge: async (count) => scope.navigator.setAppBadge?.(count).catch(() => undefined),
    // iOS has it only for installed apps.
    notificationPermission: () => ('Notification' in scope ? Notification.permission : 'denied'),
    tap,
    dropped: new DroppedMessages(),
    progress: new ProgressBoard(() => Date.now()),
    running: new RunningWork(),
    load: new ClientLoad(),
    report: (error) => console.error(error),
    tidyShell: () => tidyShell(context),
  };
  return context;
}

function allWindows(clients: Clients): Promise<readonly WindowClient[]> {
  return clients.matchAll({ type: 'window', includeUncontrolled: true });
}

function tellWindows(windows: readonly WindowClient[], broadcast: Broadcast, tap: Tap): void {
  const message: BroadcastEnvelope = { protocol: PROTOCOL, kind: 'broadcast', broadcast };
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

/** Some browsers have no StorageManager in private windows. */
async function estimate(storage: StorageManager | undefined): Promise<StorageEstimate> {
  return (await storage?.estimate().catch(() => undefined)) ?? {};
}

/** Base64 without padding, safe in addresses (RFC 4648 section 5). */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
