import type { Attempt } from '../../../core/model/attempt.ts';
import type { Download } from '../../../core/model/download.ts';
import type { StoredSegment } from '../../../core/storage/schema.ts';

/*
 * What fake-indexeddb keeps behind its doors: the rows themselves, to be looked at between two tasks
 * without asking, and the end of a transaction, to be spoiled there.
 */

interface RawTransaction {
  mode: IDBTransactionMode;
  _scope: Set<string>;
  _started: boolean;
  _state: string;
  _requests: unknown[];
  _start(): void;
  _abort(errorName: string | null): void;
}

interface RawStore {
  records: {
    values(): Iterable<{ key: unknown; value: unknown }>;
    delete(key: unknown): void;
  };
  clear(rollbackLog: unknown[]): void;
}

interface RawDatabase {
  transactions: RawTransaction[];
  rawObjectStores: Map<string, RawStore>;
}

/** Every row that the downloads are made of, as it is committed. */
export interface Rows {
  downloads: readonly Download[];
  attempts: readonly Attempt[];
  segments: readonly StoredSegment[];
}

const LOOKED_AT = ['downloads', 'attempts', 'segments'];

/** The rows of a database, without a way back into them: nothing is cloned, nothing may be changed. */
export class RawStorage {
  private readonly database: RawDatabase;
  private readonly lookedAt: readonly string[];
  private isDirty = true;

  /**
   * Any connection to the database will do.
   * @param lookedAt the stores whose changes are worth a look
   */
  constructor(connection: object, lookedAt: readonly string[] = LOOKED_AT) {
    this.database = (connection as { _rawDatabase: RawDatabase })._rawDatabase;
    this.lookedAt = lookedAt;
  }

  /** Whether a transaction that changes what we look at is under way. */
  get isBusy(): boolean {
    return this.database.transactions.some(
      ({ mode, _started, _state, _scope }) =>
        mode === 'readwrite' &&
        _started &&
        _state !== 'finished' &&
        this.lookedAt.some((name) => _scope.has(name)),
    );
  }

  /** Whether rows may have changed since this was last asked; never in the midst of a change. */
  hasChanged(): boolean {
    const wasDirty = this.isDirty;
    this.isDirty = this.isBusy;
    return wasDirty && !this.isDirty;
  }

  rows(): Rows {
    return {
      downloads: this.all('downloads'),
      attempts: this.all('attempts'),
      segments: this.all('segments'),
    };
  }

  /** The browser takes bytes away. */
  evict({ attemptId, offsetBytes }: StoredSegment): void {
    this.database.rawObjectStores.get('segments')?.records.delete([attemptId, offsetBytes]);
    this.isDirty = true;
  }

  /** The browser takes everything that the downloads are made of. */
  evictAll(): void {
    for (const name of LOOKED_AT) this.database.rawObjectStores.get(name)?.clear([]);
    this.isDirty = true;
  }

  all<T>(name: string): T[] {
    const records = this.database.rawObjectStores.get(name)?.records.values() ?? [];
    return Array.from(records, ({ value }) => value as T);
  }
}

/** No room for what a transaction wants to commit: at its end it fails as a whole, as in a browser. */
export function failAtCommit(transaction: object): void {
  const raw = transaction as RawTransaction;
  const start = raw._start.bind(raw);
  raw._start = () => {
    const isOver = raw._requests.length === 0 && raw._state !== 'finished';
    if (isOver) raw._abort('QuotaExceededError');
    else start();
  };
}
