/*
 * Background Sync: https://wicg.github.io/background-sync/spec/
 * Periodic Background Sync: https://wicg.github.io/periodic-background-sync/
 */

interface ServiceWorkerRegistration {
  /** Missing in Firefox and Safari. */
  readonly sync?: SyncManager;
  /** Only in Chromium; refused unless the app is installed and used. */
  readonly periodicSync?: PeriodicSyncManager;
}

interface SyncManager {
  register(tag: string): Promise<void>;
}

interface PeriodicSyncManager {
  register(tag: string, options?: { minInterval: number }): Promise<void>;
}
