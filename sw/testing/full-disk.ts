import { unwrap } from 'idb';
import type { Database } from '../../core/storage/database.ts';
import type { WorkerContext } from '../context.ts';

/**
 * A disk that is full to the brim after some segments: then nothing can be put into the database or a
 * cache any more. Deleting is always possible, and what goes from a cache makes room at once, for rows.
 */
export class FullDisk {
  roomForSegments = Number.POSITIVE_INFINITY;
  /** How many rows fit into what was freed since it was full. */
  private roomForRows = 0;

  /** For `startWorker`. */
  between({ caches, database }: WorkerContext): Partial<WorkerContext> {
    return {
      caches: {
        open: async (name: string) => this.aroundCache(await caches.open(name)),
      } as CacheStorage,
      database: async () => this.aroundDatabase(await database()),
    };
  }

  private get isFull(): boolean {
    return this.roomForSegments <= 0;
  }

  /** Whether there is no room for a transaction that begins with a row of this store. */
  private refuses({ name }: IDBObjectStore): boolean {
    const takesSegments = name === 'segments';
    if (takesSegments) this.roomForSegments -= 1;
    if (takesSegments || !this.isFull) return this.roomForSegments < 0;
    this.roomForRows -= 1;
    return this.roomForRows < 0;
  }

  private aroundCache(cache: Cache): Cache {
    return withMethods(cache, {
      put: async (...args: Parameters<Cache['put']>) => {
        if (this.isFull) throw noRoom();
        return cache.put(...args);
      },
      delete: async (...args: Parameters<Cache['delete']>) => {
        const found = await cache.delete(...args);
        if (found) this.roomForRows = 5;
        return found;
      },
    });
  }

  private aroundDatabase(db: Database): Database {
    const transaction = (...args: Parameters<Database['transaction']>) => {
      const tx = db.transaction(...args);
      if (args[1] === 'readwrite') this.watchPuts(unwrap(tx) as IDBTransaction);
      return tx;
    };
    return withMethods(db, { transaction });
  }

  /** As Chromium does it: every put succeeds, and at its end the transaction is aborted. */
  private watchPuts(tx: IDBTransaction): void {
    const { objectStore } = tx;
    const watched = new Set<IDBObjectStore>();
    let last: IDBRequest | undefined;
    tx.objectStore = (name: string) => {
      const store = objectStore.call(tx, name);
      if (watched.has(store)) return store;
      watched.add(store);
      const { put } = store;
      store.put = (...values: Parameters<IDBObjectStore['put']>) => {
        const request = put.apply(store, values);
        const isFirst = last === undefined;
        last = request;
        if (isFirst && this.refuses(store)) abortAfterLast(tx, store, () => last);
        return request;
      };
      return store;
    };
  }
}

function abortAfterLast(
  tx: IDBTransaction,
  store: IDBObjectStore,
  last: () => IDBRequest | undefined,
): void {
  Object.defineProperty(tx, 'error', { value: noRoom() });
  const look = (before: IDBRequest | undefined) => {
    // One more request, behind which nothing comes that the caller would have asked for by then.
    store.count().onsuccess = () => (last() === before ? tx.abort() : look(last()));
  };
  look(last());
}

function noRoom(): DOMException {
  return new DOMException('The disk is full', 'QuotaExceededError');
}

function withMethods<T extends object>(target: T, methods: object): T {
  return new Proxy(target, {
    get: (_, property) => {
      const own: unknown = Reflect.get(methods, property);
      if (own) return own;
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
