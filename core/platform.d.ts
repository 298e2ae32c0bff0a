/*
 * Web platform interfaces that TypeScript's libraries do not know, in the parts that we use.
 * Background Fetch: https://wicg.github.io/background-fetch/
 * Background Sync: https://wicg.github.io/background-sync/spec/
 * Periodic Background Sync: https://wicg.github.io/periodic-background-sync/
 * Web app install prompt: https://wicg.github.io/manifest-incubations/
 * Both app and worker compile this file with their own library.
 */

interface BackgroundFetchRecord {
  readonly request: Request;
  readonly responseReady: Promise<Response>;
}

interface BackgroundFetchRegistration extends EventTarget {
  readonly id: string;
  readonly uploadTotal: number;
  readonly downloadTotal: number;
  readonly downloaded: number;
  readonly result: '' | 'success' | 'failure';
  readonly failureReason:
    | ''
    | 'aborted'
    | 'bad-status'
    | 'fetch-error'
    | 'quota-exceeded'
    | 'download-total-exceeded';
  readonly recordsAvailable: boolean;
  abort(): Promise<boolean>;
  matchAll(): Promise<BackgroundFetchRecord[]>;
}

interface BackgroundFetchOptions {
  title?: string;
  icons?: { src: string; sizes?: string; type?: string }[];
  downloadTotal?: number;
}

interface BackgroundFetchManager {
  fetch(
    id: string,
    requests: RequestInfo[],
    options?: BackgroundFetchOptions,
  ): Promise<BackgroundFetchRegistration>;
  get(id: string): Promise<BackgroundFetchRegistration | undefined>;
  getIds(): Promise<string[]>;
}

interface ServiceWorkerRegistration {
  /** Missing in Firefox and Safari. */
  readonly backgroundFetch?: BackgroundFetchManager;
  /** Missing in Firefox and Safari. */
  readonly sync?: SyncManager;
  /** Only in Chromium; refused unless the app is installed and used. */
  readonly periodicSync?: PeriodicSyncManager;
}

interface SyncManager {
  register(tag: string): Promise<void>;
  getTags(): Promise<string[]>;
}

interface PeriodicSyncManager {
  register(tag: string, options?: { minInterval: number }): Promise<void>;
  getTags(): Promise<string[]>;
  unregister(tag: string): Promise<void>;
}

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
  readonly lastChance: boolean;
}

interface PeriodicSyncEvent extends ExtendableEvent {
  readonly tag: string;
}

interface BackgroundFetchEvent extends ExtendableEvent {
  readonly registration: BackgroundFetchRegistration;
}

interface BackgroundFetchUpdateUIEvent extends BackgroundFetchEvent {
  updateUI(options: { title?: string }): Promise<void>;
}

interface ServiceWorkerGlobalScopeEventMap {
  backgroundfetchsuccess: BackgroundFetchUpdateUIEvent;
  backgroundfetchfail: BackgroundFetchUpdateUIEvent;
  backgroundfetchabort: BackgroundFetchEvent;
  backgroundfetchclick: BackgroundFetchEvent;
  sync: SyncEvent;
  periodicsync: PeriodicSyncEvent;
}

/** https://wicg.github.io/netinfo/ and https://wicg.github.io/savedata/; missing in Firefox and Safari. */
interface NetworkInformation {
  readonly saveData?: boolean;
  readonly type?: string;
}

interface Navigator {
  readonly connection?: NetworkInformation;
}

interface WorkerNavigator {
  readonly connection?: NetworkInformation;
}

/** https://wicg.github.io/netinfo/ and https://wicg.github.io/savedata/; missing in Firefox and Safari. */
interface NetworkInformation {
  readonly saveData?: boolean;
  readonly type?: string;
}

interface Navigator {
  readonly connection?: NetworkInformation;
}

interface WorkerNavigator {
  readonly connection?: NetworkInformation;
}

interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

interface WindowEventMap {
  beforeinstallprompt: BeforeInstallPromptEvent;
}

/** https://w3c.github.io/trusted-types/dist/spec/ */
interface TrustedScriptURL {
  toJSON(): string;
}

interface Window {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): TrustedScriptURL };
  };
}

interface ImportMetaEnv {
  /** The version of this build, of package.json. */
  readonly APP_VERSION: string;
  /** Whether this is `npm run dev`. */
  readonly DEV: boolean;
}

interface ImportMeta {
  /** Filled in by Vite. */
  readonly env: ImportMetaEnv;
}
