import { type IDBPTransaction, unwrap } from 'idb';
import type { Broadcast } from '../../../core/contract/broadcasts.ts';
import { holdLife } from '../../../core/messaging/life.ts';
import { Connection, type Database, openForWriting } from '../../../core/storage/database.ts';
import type { WorkerContext } from '../../context.ts';
import { bareContext } from '../bare-context.ts';
import { MortalWorker } from '../mortal-worker.ts';
import type { DeviceCaches } from './device-caches.ts';
import type { DeviceLocks } from './device-locks.ts';
import { fetchOver, type Hosts } from './network.ts';
import { withQuickReads } from './quick-reads.ts';
import { failAtCommit } from './raw-storage.ts';
import type { World } from './world.ts';

interface Surroundings {
  world: World;
  hosts: Hosts;
  locks: DeviceLocks;
  caches: DeviceCaches;
  /** Where the browser has it. */
  backgroundFetch: BackgroundFetchManager | undefined;
  /** The open pages hear of a broadcast. */
  onBroadcast: (broadcast: Broadcast) => void;
  windows: () => readonly WindowClient[];
  /** Told of every row that this life writes. */
  onPut: (store: string, row: unknown) => void;
  /** What else is special about its context. */
  own: Partial<WorkerContext>;
}

/** Where commits find the disk full. */
const FILLS_THE_DISK = ['attempts', 'episodes', 'outbox'];

/** The worker has ended; who waited for it waits no longer. */
export class GoneError extends Error {
  override readonly name = 'GoneError';
}

/** One life of the worker, from its start to its death. */
export class Life {
  readonly id: string;
  readonly context: WorkerContext;
  readonly mortal: MortalWorker;
  /** Rejects with a `GoneError` when it is over. */
  readonly over: Promise<never>;
  /** Events that are at work. */
  underWay = 0;
  /** When the last one ended, in the world's own time. */
  idleSinceMs = 0;
  /** The next so many commits of bytes or rows find the disk full. */
  quotaFailures = 0;
  private readonly connection: Connection<Database>;
  private opened: Database | undefined;
  private readonly calls: { operations: number; run: () => void }[] = [];

  constructor(
    id: string,
    { world, hosts, locks, caches, backgroundFetch, own, ...pages }: Surroundings,
  ) {
    this.id = id;
    let end: (error: GoneError) => void = () => undefined;
    this.over = new Promise((_, reject) => {
      end = reject;
    });
    this.over.catch(() => undefined);
    this.mortal = new MortalWorker(Number.POSITIVE_INFINITY, 'dies', {
      onOperation: (operation) => {
        world.note(`${id} ${operation}`);
        for (const call of this.calls) call.operations -= 1;
        for (const call of this.calls) if (call.operations === 0) call.run();
      },
      onPut: pages.onPut,
      onStruck: (operation) => {
        world.wasStruck = true;
        world.note(`${id} is struck at ${operation}`);
      },
      onTransaction: (transaction) => this.spoil(world, transaction),
      onDeath: (operation) => {
        world.note(`${id} dies at ${operation}`);
        locks.release(id);
        this.opened?.close();
        end(new GoneError(operation));
      },
    });
    this.connection = new Connection(async (onClosed) => {
      this.opened = await openForWriting(onClosed);
      return this.opened;
    });
    const context = bareContext({
      registration: { backgroundFetch } as ServiceWorkerRegistration,
      clients: { matchAll: async () => pages.windows() } as unknown as Clients,
      caches: caches as unknown as CacheStorage,
      locks: locks.of(id),
      fetch: fetchOver(world, hosts),
      now: () => world.date,
      later: (ms, run) => world.time.after(ms, () => this.mortal.isDead || run()),
      timeout: (ms) => {
        const controller = new AbortController();
        world.time.after(ms, () => controller.abort(new DOMException('', 'TimeoutError')));
        return controller.signal;
      },
      isOnline: () => world.isOnline,
      randomId: () => `a${world.dice.between(1e6, 9e6)}`,
      random: world.dice.random,
      lifeId: id,
      database: async () => withQuickReads(await this.connection.get()),
      broadcast: async (broadcast) => {
        if (this.mortal.isDead) return;
        world.note(`${id} says ${broadcast.type}`);
        pages.onBroadcast(broadcast);
      },
      report: (error) => {
        if (!this.mortal.isDead) world.note(`${id} reports ${error}`);
      },
      ...own,
    });
    holdLife(context.locks, id);
    this.context = { ...context, ...this.mortal.wrap(context) };
  }

  /** Runs something at its so manieth operation from now, if it lives that long. */
  callIn(operations: number, run: () => void): void {
    this.calls.push({ operations, run });
  }

  /** Nothing more happens to it. */
  spare(): void {
    this.quotaFailures = 0;
    this.mortal.strikeIn(Number.POSITIVE_INFINITY, 'dies');
  }

  get isAtWork(): boolean {
    return !this.mortal.isDead && this.underWay > 0;
  }

  private spoil(world: World, transaction: object): void {
    const raw = unwrap(transaction as IDBPTransaction) as IDBTransaction;
    const names = [...raw.objectStoreNames];
    if (raw.mode !== 'readwrite') return;
    if (names.includes('outbox') && raw.durability !== 'strict') {
      world.violate('a change of the outbox may be lost with the power');
    }
    if (this.quotaFailures === 0 || !names.some((name) => FILLS_THE_DISK.includes(name))) return;
    this.quotaFailures -= 1;
    world.strike('quota');
    failAtCommit(raw);
  }
}
