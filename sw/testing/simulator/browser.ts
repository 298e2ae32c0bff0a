import '../../later.ts';
import type { Params, RequestType, Result } from '../../../core/contract/requests.ts';
import type { WorkerContext } from '../../context.ts';
import { onActivate } from '../../events/activate.ts';
import { onBackgroundFetchSettled } from '../../events/background-fetch.ts';
import { onSync } from '../../events/sync.ts';
import { type Call, handlers } from '../../requests/index.ts';
import { baseUrl } from '../bare-context.ts';
import type { FakeRegistration } from '../fake-background-fetch.ts';
import { BackgroundDownloads } from './background-downloads.ts';
import { DeviceCaches } from './device-caches.ts';
import { DeviceLocks } from './device-locks.ts';
import { GoneError, Life } from './life.ts';
import type { Hosts } from './network.ts';
import type { World } from './world.ts';

/** A worker with nothing to do is ended after so long. */
const IDLE_MS = 30_000;

/** A page, as far as the browser cares. */
export interface Tab {
  readonly id: string;
  readonly isOpen: boolean;
  close(): void;
  hear(): void;
}

/** What is unlike the usual. */
interface Special {
  contextOf?: (lifeId: string) => Partial<WorkerContext>;
  handlers?: Partial<typeof handlers>;
  /** Told of every answer in the moment in which the worker gives it. */
  onAnswer?: (params: object, result: object) => void;
  /** Told of every row that a life of the worker writes. */
  onPut?: (lifeId: string, store: string, row: unknown) => void;
}

/** A browser with its pages, its one worker and its own downloads. It may end and begin anew. */
export class Browser<T extends Tab = Tab> {
  readonly pages: T[] = [];
  readonly background: BackgroundDownloads;
  life: Life | undefined;
  hasBackgroundFetch: boolean;
  /** Told of every request in the moment in which it comes to the worker. */
  onRequest: (type: RequestType) => void = () => undefined;
  private readonly world: World;
  private readonly hosts: Hosts;
  readonly caches = new DeviceCaches();
  private readonly special: Special;
  private readonly locks = new DeviceLocks();
  /** All that ever were; several may be alive for a while. */
  private readonly lives: Life[] = [];
  private browserLife = 1;

  constructor(world: World, hosts: Hosts, hasBackgroundFetch: boolean, special: Special = {}) {
    this.special = special;
    this.world = world;
    this.hosts = hosts;
    this.hasBackgroundFetch = hasBackgroundFetch;
    this.background = new BackgroundDownloads(world, hosts, (it) => this.settle(it));
  }

  get openPages(): T[] {
    return this.pages.filter(({ isOpen }) => isOpen);
  }

  /** The worker that runs, or a new one. */
  wake(): Life {
    if (this.life && !this.life.mortal.isDead) return this.life;
    const id = `life-${this.lives.length + 1}`;
    this.life = new Life(id, {
      world: this.world,
      hosts: this.hosts,
      locks: this.locks,
      caches: this.caches,
      backgroundFetch: this.hasBackgroundFetch ? this.background.manager : undefined,
      onPut: (store, row) => this.special.onPut?.(id, store, row),
      own: {
        browserLife: async () => `browser-${this.browserLife}`,
        ...this.special.contextOf?.(id),
      },
      onBroadcast: ({ type }) => {
        if (!type.startsWith('download') && type !== 'outbox/changed') return;
        for (const page of this.openPages) page.hear();
      },
      windows: () =>
        this.openPages.map(({ id }) => ({ id, url: baseUrl.href }) as unknown as WindowClient),
    });
    this.lives.push(this.life);
    return this.life;
  }

  get livesLeft(): Life[] {
    return this.lives.filter(({ mortal }) => !mortal.isDead);
  }

  /** Has a worker handle one event. Rejects with what the handler rejects with, or a `GoneError`. */
  async handle<T>(
    work: (
      context: WorkerContext,
      waitUntil: (more: Promise<unknown>) => void,
      life: Life,
    ) => Promise<T>,
  ): Promise<T> {
    const life = this.wake();
    const works: Promise<unknown>[] = [];
    life.underWay += 1;
    const result = work(life.context, (more) => works.push(more.catch(() => undefined)), life);
    void this.endWhenIdle(life, result, works);
    return Promise.race([result, life.over]);
  }

  private async endWhenIdle(life: Life, result: Promise<unknown>, works: Promise<unknown>[]) {
    await Promise.allSettled([result]);
    await Promise.allSettled(works);
    life.underWay -= 1;
    life.idleSinceMs = this.world.time.nowMs;
    this.world.time.after(IDLE_MS, () => {
      const idleMs = this.world.time.nowMs - life.idleSinceMs;
      if (life.underWay === 0 && idleMs >= IDLE_MS) life.mortal.die();
    });
  }

  /** One request of a page, as it arrives. */
  ask<Type extends RequestType>(
    type: Type,
    params: Params<Type>,
    clientId: string,
  ): Promise<Result<Type>> {
    this.onRequest(type);
    return this.handle(async (context, waitUntil) => {
      const sender = { postMessage: () => undefined };
      const handler = (this.special.handlers?.[type] ?? handlers[type]) as (
        it: Params<Type>,
        call: Call,
      ) => Promise<Result<Type>>;
      const result = await handler(params, { context, clientId, sender, waitUntil });
      this.special.onAnswer?.(params, result);
      return result;
    });
  }

  async sync(lastChance: boolean): Promise<void> {
    const event = { tag: 'downloads', lastChance } as SyncEvent;
    await this.handle((context) => onSync(event, context)).catch(() => undefined);
  }

  /** The next event comes to another worker, while this one goes on with what it has begun. */
  succeed(): void {
    this.world.strike('two-workers');
    this.life = undefined;
  }

  isAlive(lifeId: string): boolean {
    return this.livesLeft.some(({ id }) => id === lifeId);
  }

  /** Another version of the app takes over: the old worker ends, a new one is activated. */
  async update(): Promise<void> {
    this.world.strike('new-version');
    this.life?.mortal.die();
    const claim = async () => undefined;
    await this.handle((context) => {
      const clients = { ...context.clients, claim } as unknown as Clients;
      Object.assign(context, { clients });
      return onActivate({} as ExtendableEvent, context);
    }).catch(() => undefined);
  }

  /** Everything of it ends at once; what it had not committed has not happened. */
  end(): void {
    for (const life of this.livesLeft) life.mortal.die();
    for (const page of this.openPages) page.close();
    this.background.stop();
    this.browserLife += 1;
  }

  /** Brings a settle event to a worker. One that dies at it is not asked again. */
  private async settle(registration: FakeRegistration): Promise<void> {
    const { world } = this;
    const isLate = world.faultRate > 0 && world.dice.chance(0.15);
    await world.time.pause(isLate ? world.dice.between(1_000, 30_000) : 5);
    if (world.draw(['settle-event-lost'], world.faultRate / 4)) return;
    await this.handle((context, _waitUntil, { mortal }) => {
      const event = { registration: mortal.wrapRegistration(registration) };
      return onBackgroundFetchSettled(event as BackgroundFetchEvent, context);
    }).catch((error) => {
      if (!(error instanceof GoneError)) world.note(`the settle event fails: ${error}`);
    });
  }
}
