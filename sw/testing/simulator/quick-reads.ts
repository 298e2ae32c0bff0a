import { type IDBPDatabase, unwrap } from 'idb';
import type { Database } from '../../../core/storage/database.ts';

/*
 * Single reads (`db.get` and its like) are most of what a worker asks of its database, and the events
 * of a transaction for each of them were most of what a simulated world costs.
 */

/** What fake-indexeddb keeps behind its doors. */
interface RawConnection {
  _closePending: boolean;
  _rawDatabase: {
    transactions: { mode: IDBTransactionMode; _scope: Set<string>; _state: string }[];
    rawObjectStores: Map<string, RawSource & { rawIndexes: Map<string, RawSource> }>;
  };
}

interface RawSource {
  getValue(query: unknown): unknown;
  getAllValues(range: IDBKeyRange | undefined, count: number | undefined): unknown[];
}

type Query = IDBValidKey | IDBKeyRange | null | undefined;

/**
 * The same database, where a single read comes without a transaction of its own if none that writes is
 * in its way: what is committed at that moment, one task later. A browser may answer so, too: to read,
 * a snapshot is enough (https://w3c.github.io/IndexedDB/#transaction-lifecycle).
 */
export function withQuickReads(db: Database): Database {
  const connection = unwrap(db as unknown as IDBPDatabase) as unknown as RawConnection;
  const { transactions, rawObjectStores } = connection._rawDatabase;

  const storeAtRest = (name: string) => {
    const isInTheWay = ({ mode, _state, _scope }: (typeof transactions)[number]) =>
      mode !== 'readonly' && _state !== 'finished' && _scope.has(name);
    if (connection._closePending || transactions.some(isInTheWay)) return undefined;
    return rawObjectStores.get(name);
  };

  const quick = {
    get(name: string, query: Query) {
      const store = storeAtRest(name);
      return store && (() => store.getValue(query));
    },
    getAll(name: string, query?: Query, count?: number) {
      const store = storeAtRest(name);
      return store && (() => store.getAllValues(rangeOf(query), count));
    },
    getAllFromIndex(name: string, index: string, query?: Query, count?: number) {
      const source = storeAtRest(name)?.rawIndexes.get(index);
      return source && (() => source.getAllValues(rangeOf(query), count));
    },
  };

  return new Proxy(db, {
    get(_, property) {
      const value: unknown = Reflect.get(db, property);
      if (typeof value !== 'function') return value;
      if (!Object.hasOwn(quick, property)) return value.bind(db);
      return async (...args: unknown[]) => {
        const read = Reflect.apply(quick[property as keyof typeof quick], undefined, args);
        if (!read) return Reflect.apply(value, db, args);
        const given: unknown = read();
        await new Promise<void>((resolve) => setImmediate(resolve));
        return given;
      };
    },
  });
}

function rangeOf(query: Query): IDBKeyRange | undefined {
  if (query === undefined || query === null) return undefined;
  return query instanceof IDBKeyRange ? query : IDBKeyRange.only(query);
}
