import type { Database } from '../../core/storage/database.ts';
import type { WorkerContext } from '../context.ts';

/** What happens at the fatal operation: the worker is gone, or that one operation fails. */
export type Manner = 'dies' | 'throws';

const never = new Promise(() => undefined);

interface Transaction {
  done: Promise<unknown>;
  abort(): void;
}

/**
 * A worker that is struck at its n-th operation of storage or network, whichever that is. One that
 * dies does so as a process does: nothing that it waits for ever comes, and what it had not
 * committed has not happened.
 */
export class MortalWorker {
  /** Resolves at the fatal operation, with its name. */
  readonly struck: Promise<string>;
  private readonly fatalAt: number;
  private readonly manner: Manner;
  private readonly open = new Set<Transaction>();
  private operations = 0;
  private isDead = false;
  private strike: (operation: string) => void = () => undefined;

  constructor(fatalAt: number, manner: Manner) {
    this.fatalAt = fatalAt;
    this.manner = manner;
    this.struck = new Promise((resolve) => {
      this.strike = resolve;
    });
  }

  /** Puts this fate between a worker and its storage and network. */
  wrap({ caches, database, fetch }: WorkerContext): Partial<WorkerContext> {
    return {
      caches: this.watch(caches, 'caches') as CacheStorage,
      database: async () => this.watch(await database(), 'database') as Database,
      fetch: (input, init) =>
        this.pass('fetch', async () => this.watchBody(await fetch(input, init))),
    };
  }

  private async pass<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    if (this.isDead) return new Promise(() => undefined);
    this.operations += 1;
    if (this.operations !== this.fatalAt) return run();
    this.strike(operation);
    // At its very end a transaction may have been committed, only nobody heard of it.
    if (!operation.endsWith('.done')) this.abortOpen();
    if (this.manner === 'throws') throw new DOMException(operation, 'UnknownError');
    this.isDead = true;
    return new Promise(() => undefined);
  }

  private abortOpen(): void {
    for (const transaction of this.open) {
      try {
        transaction.abort();
      } catch {
        // It is over already.
      }
    }
  }

  /** The same object of the database, with every asynchronous operation passing through here. */
  private watch(target: object, name: string): object {
    return new Proxy(target, {
      get: (_, property) => {
        const path = `${name}.${String(property)}`;
        const value: unknown = Reflect.get(target, property);
        if (value instanceof Promise) return this.pass(path, () => value);
        if (property === 'objectStore' || property === 'index' || property === 'transaction') {
          return (...args: unknown[]) => {
            if (this.isDead) return afterlife;
            const given = Reflect.apply(value as () => object, target, args);
            if (property === 'transaction') this.follow(given as Transaction);
            return this.watch(given, `${name}.${args[0]}`);
          };
        }
        if (property === 'store') return this.watch(value as object, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) =>
          this.pass(path, async () => {
            const given: unknown = await quiet(Reflect.apply(value, target, args));
            return given instanceof Cache ? this.watch(given, property.toString()) : given;
          });
      },
    });
  }

  private follow(transaction: Transaction): void {
    this.open.add(transaction);
    void quiet(transaction.done);
  }

  private watchBody(response: Response): Response {
    const reader = response.body?.getReader();
    if (!reader) return response;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await this.pass('read', () => reader.read());
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
    const { status, headers } = response;
    return new Response(body, { status, headers });
  }
}

/** What a dead worker finds when it asks on: code goes on to its next await, and finds nothing. */
const afterlife: object = new Proxy(
  {},
  {
    get(_, property) {
      if (property === 'objectStore' || property === 'index') return () => afterlife;
      if (property === 'store') return afterlife;
      return property === 'done' ? never : () => never;
    },
  },
);

/** What is aborted under a dead worker is nobody's error. */
function quiet<T>(value: T): T {
  if (value instanceof Promise) value.catch(() => undefined);
  return value;
}
