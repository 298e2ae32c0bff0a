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
import type { Page } from './page.ts';
import type { World } from './world.ts';

/** A worker with nothing to do is ended after so long. */
const IDLE_MS = 30_000;

/** A browser with its pages, its one worker and its own downloads. It may end and begin anew. */
export class Browser {
  readonly pages: Page[] = [];
  readonly background: BackgroundDownloads;
  life: Life | undefined;
  hasBackgroundFetch: boolean;
  private readonly world: World;
  private readonly hosts: Hosts;
  readonly caches = new DeviceCaches();
  private readonly locks = new DeviceLocks();
  private lives = 0;

  constructor(world: World, hosts: Hosts, hasBackgroundFetch: boolean) {
    this.world = world;
    this.hosts = hosts;
    this.hasBackgroundFetch = hasBackgroundFetch;
    this.background = new BackgroundDownloads(world, hosts, (it) => this.settle(it));
  }

  get openPages(): Page[] {
    return this.pages.filter(({ isOpen }) => isOpen);
  }

  /** The worker that runs, or a new one. */
  wake(): Life {
    if (this.life && !this.life.mortal.isDead) return this.life;
    this.lives += 1;
    this.life = new Life(`life-${this.lives}`, {
      world: this.world,
      hosts: this.hosts,
      locks: this.locks,
      caches: this.caches,
      backgroundFetch: this.hasBackgroundFetch ? this.background.manager : undefined,
      onBroadcast: () => {
        for (const page of this.openPages) page.hear();
      },
      windows: () =>
        this.openPages.map(({ id }) => ({ id, url: baseUrl.href }) as unknown as WindowClient),
    });
    return this.life;
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
    this.world.time.after(IDLE_MS, () => life.underWay === 0 && life.mortal.die());
  }

  /** One request of a page, as it arrives. */
  ask<Type extends RequestType>(
    type: Type,
    params: Params<Type>,
    clientId: string,
  ): Promise<Result<Type>> {
    return this.handle((context, waitUntil) => {
      const sender = { postMessage: () => undefined };
      const handler = handlers[type] as (it: Params<Type>, call: Call) => Promise<Result<Type>>;
      return handler(params, { context, clientId, sender, waitUntil });
    });
  }

  async sync(lastChance: boolean): Promise<void> {
    const event = { tag: 'downloads', lastChance } as SyncEvent;
    await this.handle((context) => onSync(event, context)).catch(() => undefined);
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
    this.life?.mortal.die();
    for (const page of this.openPages) page.close();
    this.background.stop();
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
