import type { Database } from '../../core/storage/database.ts';
import type { WorkerContext } from '../context.ts';

/** What happens at the fatal operation: the worker is gone, or that one operation fails. */
export type Manner = 'dies' | 'throws';

interface Watcher {
  onOperation?: (operation: string) => void;
  onStruck?: (operation: string) => void;
  onDeath?: (operation: string) => void;
  /** Every transaction at its beginning, as the `idb` package has it. */
  onTransaction?: (transaction: object) => void;
  /** Every row that is put into a store; its transaction may still fail. */
  onPut?: (store: string, row: unknown) => void;
}
const never = new Promise(() => undefined);

interface Transaction {
  done: Promise<unknown>;
  abort(): void;
}

/**
 * A worker that is struck at its n-th operation of storage, network or Background Fetch, whichever
 * that is, or whenever a test says so. One that dies does so as a process does: nothing that it
 * waits for ever comes, and what it had not committed has not happened.
 */
export class MortalWorker {
  /** Resolves at the fatal operation, with its name. */
  readonly struck: Promise<string>;
  isDead = false;
  private fatalAt: number;
  private manner: Manner;
  /** Told of every operation of a living worker, and of its death. */
  private readonly watcher: Watcher;
  private readonly open = new Set<Transaction>();
  private operations = 0;
  private strike: (operation: string) => void = () => undefined;

  constructor(fatalAt = Number.POSITIVE_INFINITY, manner: Manner = 'dies', watcher: Watcher = {}) {
    this.fatalAt = fatalAt;
    this.manner = manner;
    this.watcher = watcher;
    this.struck = new Promise((resolve) => {
      this.strike = resolve;
    });
  }

  /** Puts this fate between a worker and its storage and network. */
  wrap({ caches, database, fetch, registration }: WorkerContext): Partial<WorkerContext> {
    const { backgroundFetch } = registration;
    return {
      caches: this.watch(caches, 'caches') as CacheStorage,
      ...(backgroundFetch && {
        registration: {
          backgroundFetch: this.watch(backgroundFetch, 'backgroundFetch'),
        } as ServiceWorkerRegistration,
      }),
      database: async () => this.watch(await database(), 'database') as Database,
      fetch: (input, init) =>
        this.pass('fetch', async () => this.watchBody(await fetch(input, init))),
    };
  }

  /** The same fate for the registration that a settle event brings. */
  wrapRegistration(registration: BackgroundFetchRegistration): BackgroundFetchRegistration {
    return this.watch(registration, 'registration') as BackgroundFetchRegistration;
  }

  /** Sets a new fate: so many operations from now. */
  strikeIn(operations: number, manner: Manner): void {
    this.fatalAt = this.operations + operations;
    this.manner = manner;
  }

  /** Here and now, between two operations. */
  die(): void {
    if (this.isDead) return;
    this.isDead = true;
    this.abortOpen();
    this.watcher.onDeath?.('between two operations');
  }

  private async pass<T>(operation: string, run: () => T | Promise<T>): Promise<T> {
    if (this.isDead) return new Promise(() => undefined);
    this.operations += 1;
    this.watcher.onOperation?.(operation);
    if (this.operations !== this.fatalAt) return run();
    this.strike(operation);
    this.watcher.onStruck?.(operation);
    // At its very end a transaction may have been committed, only nobody heard of it.
    if (!operation.endsWith('.done')) this.abortOpen();
    if (this.manner === 'throws') throw new DOMException(operation, 'UnknownError');
    this.isDead = true;
    this.watcher.onDeath?.(operation);
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
        if (property === 'addEventListener' || property === 'removeEventListener') {
          return value.bind(target);
        }
        return (...args: unknown[]) =>
          // One that fails at once may leave others behind that nobody has come to wait for.
          quiet(
            this.pass(path, async () => {
              if (property === 'put') this.watcher.onPut?.(name.split('.').at(-1) ?? '', args[0]);
              const given: unknown = await quiet(Reflect.apply(value, target, args));
              return isDoor(name, property) && given instanceof Object
                ? this.watch(given, name === 'backgroundFetch' ? 'registration' : name)
                : given;
            }),
          );
      },
    });
  }

  private follow(transaction: Transaction): void {
    this.watcher.onTransaction?.(transaction);
    this.open.add(transaction);
    const over = () => this.open.delete(transaction);
    transaction.done.then(over, over);
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

/** Whether what is given leads on to more of the outside. */
function isDoor(name: string, property: string | symbol): boolean {
  if (name === 'caches') return property === 'open';
  if (name === 'backgroundFetch') return property === 'get';
  return property === 'openCursor' || property === 'openKeyCursor' || property === 'continue';
}
