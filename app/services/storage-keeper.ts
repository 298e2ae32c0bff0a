import type { RetentionRules } from '../../core/model/retention.ts';
import type { StorageEstimate, StorageKeeper } from '../contexts.ts';
import type { RowReader } from './row-reader.ts';

/** Asks the browser about space. Some have no `navigator.storage` in private windows. */
export class BrowserStorage implements StorageKeeper {
  private readonly reader: RowReader;

  constructor(reader: RowReader) {
    this.reader = reader;
  }

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

  async whatWouldGo(rules: RetentionRules): ReturnType<StorageKeeper['whatWouldGo']> {
    const { previewRetention } = await import('./retention-preview.ts');
    return previewRetention(this.reader, rules);
  }
}
