import { isProtocolMismatch } from '../../core/messaging/errors.ts';
import type { Failure, Outcome } from '../../core/model/failure.ts';
import type { ImportCounts, ImportedFeed } from '../../core/model/feed-import.ts';
import { countImports, listImports } from '../../core/storage/imports.ts';
import type { Imports } from '../contexts.ts';
import { rememberLibrary } from './library-memory.ts';
import type { RowReader } from './row-reader.ts';
import { failureBehind, type WorkerLink } from './worker-link.ts';

/** A step of the worker ends after 20 s; an answer that takes longer will not come. */
const STEP_TIMEOUT_MS = 40_000;
/** A list may take its 30 s, through the gateway and, without one, directly after that. */
const LIST_TIMEOUT_MS = 100_000;
const AFTER_ERROR_MS = 2_000;

const NOTHING: ImportCounts = { waiting: 0, added: 0, there: 0, failed: 0, cancelled: 0 };

/**
 * Hands lists of podcasts to the worker, and keeps the import moving while this page is open: one
 * step after the other, as for downloads.
 */
export class StoredImports extends EventTarget implements Imports {
  counts = NOTHING;
  reading = false;
  failure: Failure | undefined;
  private readonly reader: RowReader;
  private readonly link: WorkerLink;
  private isDriving = false;
  /** Until the next step is worth it: the worker's word of the last one may come after its answer. */
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(reader: RowReader, link: WorkerLink) {
    super();
    this.reader = reader;
    this.link = link;
    link.onBroadcast(({ type }) => {
      if (type === 'imports/changed') void this.look();
    });
    link.onNewWorker(() => this.goOn());
    addEventListener('online', () => this.goOn());
  }

  /** Reads what there is, and goes on with it: also with what an earlier page has left. */
  async look(): Promise<void> {
    try {
      this.counts = await this.reader.read(countImports, NOTHING);
    } catch (error) {
      console.warn('the import could not be read', error);
    }
    if (this.counts.added > 0) rememberLibrary(true);
    this.changed();
    if (this.counts.waiting > 0 && navigator.onLine && !this.pause) void this.drive();
  }

  private goOn(): Promise<void> {
    clearTimeout(this.pause);
    this.pause = undefined;
    return this.look();
  }

  rows(kind: keyof ImportCounts, limit: number): Promise<ImportedFeed[]> {
    return this.reader.read((db) => listImports(db, kind, limit), []);
  }

  fromFile(file: Blob): Promise<void> {
    return this.take(async (importId) => {
      const { sendList } = await import('./opml-file.ts');
      return sendList(file, importId, this.link);
    });
  }

  fromAddress(address: string): Promise<void> {
    const timeoutMs = LIST_TIMEOUT_MS;
    return this.take((importId) =>
      this.link.send('opml/fetch', { importId, address }, { timeoutMs }),
    );
  }

  async saveList(): Promise<number> {
    const { saveList } = await import('./opml-file.ts');
    return saveList(this.reader);
  }

  cancel(): Promise<void> {
    return this.ask('imports/cancel');
  }

  resume(): Promise<void> {
    return this.ask('imports/resume');
  }

  clear(): Promise<void> {
    return this.ask('imports/clear');
  }

  private async take(hand: (importId: string) => Promise<Outcome<unknown>>): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    this.failure = undefined;
    this.changed();
    const outcome = await hand(crypto.randomUUID()).catch(failureBehind);
    this.reading = false;
    if (!outcome.ok) this.failure = outcome.failure;
    await this.goOn();
  }

  private async ask(type: 'imports/cancel' | 'imports/resume' | 'imports/clear'): Promise<void> {
    try {
      await this.link.send(type, {});
      this.failure = undefined;
    } catch (error) {
      this.failure = failureBehind(error).failure;
    }
    await this.goOn();
  }

  private async drive(): Promise<void> {
    if (this.isDriving) return;
    this.isDriving = true;
    let againInMs: number | null;
    try {
      const timeoutMs = STEP_TIMEOUT_MS;
      ({ againInMs } = await this.link.send('imports/advance', {}, { timeoutMs }));
    } catch (error) {
      // The worker was ended in the middle of it. Rows are the truth: ask again.
      console.warn('a step of the import went unanswered', error);
      againInMs = isProtocolMismatch(error) ? null : AFTER_ERROR_MS;
    }
    this.isDriving = false;
    // When nothing is left or possible, the next look begins anew.
    if (againInMs === null) return;
    this.pause = setTimeout(() => this.goOn(), againInMs);
  }

  private changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
