import { databaseNameFor } from '../../../core/storage/schema.ts';
import { INDEX_WORKER, trustedScript } from '../trusted-script.ts';
import type { FromIndex, ToIndex } from './index-messages.ts';
import type { Finds } from './library-index.ts';

/**
 * Finds in the library by the index of a dedicated worker, which begins to read as soon as this is
 * made. Dispatches `change` when more can be found than before. `close` gives its memory back.
 */
export class LibraryFinder extends EventTarget {
  /** Not everything is in the index yet. */
  reading = true;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Asker>();
  private asked = 0;
  private broken: Error | undefined;

  constructor() {
    super();
    this.worker = new Worker(trustedScript(INDEX_WORKER) as unknown as string, {
      // Vite serves modules in development, and builds one plain script.
      type: import.meta.env.DEV ? 'module' : 'classic',
      name: 'library search',
    });
    this.worker.addEventListener('message', this.hear);
    this.worker.addEventListener('error', ({ message }) => this.breakDown(message));
    const base = new URL('.', document.baseURI).href;
    this.tell({ type: 'open', databaseName: databaseNameFor(base) });
  }

  /** Rejects where the rows cannot be read, or the worker does not run. */
  find(typed: string, most: number): Promise<Finds> {
    if (this.broken) return Promise.reject(this.broken);
    this.asked += 1;
    const id = this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.tell({ type: 'find', id, typed, most });
    });
  }

  /** Podcasts have changed. */
  look(): void {
    this.tell({ type: 'changed' });
  }

  close(): void {
    this.worker.terminate();
    this.breakDown('closed');
  }

  private readonly hear = ({ data }: MessageEvent<FromIndex>): void => {
    switch (data.type) {
      case 'found':
        this.waiting.get(data.id)?.resolve(data.finds);
        this.waiting.delete(data.id);
        break;
      case 'read':
        this.reading = !data.done;
        this.dispatchEvent(new Event('change'));
        break;
      case 'broken':
        this.breakDown(data.reason);
    }
  };

  private breakDown(reason: string): void {
    this.broken = new Error(`the library cannot be searched: ${reason}`);
    for (const { reject } of this.waiting.values()) reject(this.broken);
    this.waiting.clear();
    this.dispatchEvent(new Event('change'));
  }

  private tell(message: ToIndex): void {
    this.worker.postMessage(message);
  }
}

/** Somebody who waits for an answer. */
interface Asker {
  resolve(finds: Finds): void;
  reject(error: Error): void;
}
