import type { StorageEstimate, StorageKeeper } from '../contexts.ts';

/** Asks the browser about space. Some have no `navigator.storage` in private windows. */
export class BrowserStorage implements StorageKeeper {
  async estimate(): Promise<StorageEstimate> {
    const storage: StorageManager | undefined = navigator.storage;
    const { usage = 0, quota } = (await storage?.estimate().catch(() => undefined)) ?? {};
    const persisted = (await storage?.persisted().catch(() => false)) ?? false;
    return { usedBytes: usage, quotaBytes: quota, persisted };
  }

  askToPersist(): void {
    // Firefox asks the user and may never settle: nobody waits for it.
    const storage: StorageManager | undefined = navigator.storage;
    void storage?.persist().catch(() => false);
  }
}
