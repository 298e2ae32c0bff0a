import { FakeBackgroundFetch, type FakeRegistration } from '../fake-background-fetch.ts';
import type { Hosts } from './network.ts';
import type { OriginFault } from './origin.ts';
import type { World } from './world.ts';

const RETRY_MS = 20_000;
const TRIES = 5;

/** What a browser that fetches by itself gets to see; the others it mends without a word. */
const FAULTS = [
  'unreachable',
  'stall',
  'content-changed',
  'content-and-length-changed',
  'content-retouched',
  'etag-flapped',
  'range-ignored',
  'wrong-content-range',
  'malformed-content-range',
  'wrong-total',
  'encoded',
  'no-content',
  'unsatisfiable',
  'sign-in-page',
  'sign-in-page-in-disguise',
  'not-found',
  'denied',
  'too-many-requests',
  'server-error',
  'unavailable',
] as const satisfies OriginFault[];

/**
 * The browser's own downloads: it works registrations off in its own time and outlives every page,
 * every worker and, when it is killed, itself.
 */
export class BackgroundDownloads {
  readonly manager: FakeBackgroundFetch;
  private readonly world: World;
  private readonly hosts: Hosts;
  private readonly arrived = new WeakMap<FakeRegistration, Set<number>>();
  /** Grows when the browser ends: whatever an earlier one was doing stops there. */
  private life = 0;

  constructor(
    world: World,
    hosts: Hosts,
    onSettled: (registration: FakeRegistration) => Promise<void>,
  ) {
    this.world = world;
    this.hosts = hosts;
    this.manager = new FakeBackgroundFetch((request) => this.answer(request), onSettled);
  }

  /** What a page calls. */
  async start(id: string, requests: Request[], options: BackgroundFetchOptions): Promise<void> {
    const isFirst = (await this.manager.getIds()).length === 0;
    const registration = await this.manager.fetch(id, requests, options);
    this.arrived.set(registration, new Set());
    this.world.note(`background fetch ${id} starts, ${requests.length} requests`);
    this.run(registration, isFirst ? 2 : 1);
  }

  get live(): FakeRegistration[] {
    return this.manager.started.filter(({ result }) => result === '');
  }

  /** The browser is gone. */
  stop(): void {
    this.life += 1;
  }

  /** It is back: what a kill cut short goes on after a while, what was closed in order has failed. */
  restart(manner: 'killed' | 'closed'): void {
    const { life } = this;
    for (const registration of this.live) {
      this.world.time.after(this.world.dice.between(100, 32_000), () => {
        if (life !== this.life) return;
        if (manner === 'killed') return this.run(registration, 2);
        // One of the records that are here is missing in the event.
        const last = [...(this.arrived.get(registration) ?? [])].pop();
        if (last !== undefined && this.world.dice.chance(0.8)) registration.lose(last);
        this.end(registration, 'fetch-error');
      });
    }
  }

  /** The browser does not have it any more, and says no word about what was under way. */
  vanish(): void {
    this.stop();
    for (const registration of this.live) registration.endUnheard();
  }

  end(registration: FakeRegistration, reason: BackgroundFetchRegistration['failureReason']): void {
    if (registration.result !== '') return;
    this.world.note(`background fetch ${registration.id} ends ${reason}`);
    registration.end(reason).catch(() => undefined);
  }

  private run(registration: FakeRegistration, lanes: number): void {
    const { life } = this;
    const isOver = () => life !== this.life || registration.result !== '';
    const waiting = [...registration.requests.keys()].filter(
      (index) => !this.arrived.get(registration)?.has(index),
    );
    let failed: 'bad-status' | 'fetch-error' | '' = '';
    const lane = async () => {
      for (;;) {
        const index = waiting.shift();
        if (index === undefined || isOver()) return;
        const outcome = await this.bring(registration, index, isOver);
        if (outcome !== '') failed = outcome;
      }
    };
    Promise.all(Array.from({ length: lanes }, lane))
      .then(() => {
        if (isOver()) return;
        const fault = this.world.draw(
          ['fetch-error', 'registration-quota', 'aborted-by-user'],
          this.world.faultRate / 3,
        );
        if (fault === 'registration-quota') this.end(registration, 'quota-exceeded');
        else if (fault === 'aborted-by-user') this.onUserAbort(registration);
        else this.end(registration, fault ?? failed);
      })
      .catch((error) => this.world.violate(`the simulator itself: ${error}`));
  }

  /** Told when a person ends a download in the browser's own interface. */
  onUserAbort: (registration: FakeRegistration) => void = () => undefined;

  private async bring(
    registration: FakeRegistration,
    index: number,
    isOver: () => boolean,
  ): Promise<'bad-status' | 'fetch-error' | ''> {
    const { world } = this;
    for (let attempt = 1; ; attempt += 1) {
      await world.time.pause(world.dice.pick([20, 100, 500, 3_000]));
      while (!world.isOnline && !isOver()) await world.time.pause(2_000);
      if (isOver()) return '';
      const missing = world.draw(['record-empty', 'record-lost'], world.faultRate / 4);
      if (missing === 'record-empty') {
        this.arrived.get(registration)?.add(index);
        registration.deliverEmpty(index);
        return '';
      }
      if (missing === 'record-lost') registration.lose(index);
      const request = registration.requests[index];
      const origin = this.hosts.get(request?.url.split('#', 1)[0] ?? '');
      const next = origin?.next(FAULTS);
      if (!origin || !next) return 'fetch-error';
      if (next.fault === 'stall') return new Promise(() => undefined);
      const isBusy = ['too-many-requests', 'server-error', 'unavailable'].includes(
        next.fault ?? '',
      );
      if ((next.fault === 'unreachable' || isBusy) && attempt < TRIES) {
        await world.time.pause(RETRY_MS);
        continue;
      }
      if (next.fault === 'unreachable') return 'fetch-error';
      origin.host.next(next.answer);
      await registration.deliverAt(index);
      this.arrived.get(registration)?.add(index);
      world.note(`record ${index} of ${registration.id}: ${next.fault ?? 'good'}`);
      return isBusy || ['not-found', 'denied', 'unsatisfiable'].includes(next.fault ?? '')
        ? 'bad-status'
        : '';
    }
  }

  private async answer(request: Request): Promise<Response> {
    const origin = this.hosts.get(request.url.split('#', 1)[0] ?? '');
    if (!origin) return new Response(null, { status: 404 });
    const response = origin.host.answer(request);
    // A host that ignores a range is success with nothing in it.
    const isIgnored = response.status === 200 && request.headers.has('range');
    return isIgnored ? new Response(null, { status: 200, headers: response.headers }) : response;
  }
}
