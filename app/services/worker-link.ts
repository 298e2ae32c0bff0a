import type { Broadcast, CacheUpdate } from '../../core/contract/broadcasts.ts';
import { isBroadcast, isCacheUpdate, isForeignBroadcast } from '../../core/contract/guards.ts';
import type { Params, RequestType, Result } from '../../core/contract/requests.ts';
import type { StreamItem, StreamType } from '../../core/contract/streams.ts';
import { PROTOCOL } from '../../core/contract/version.ts';
import { isProtocolMismatch, RemoteError, WorkerGoneError } from '../../core/messaging/errors.ts';
import { request } from '../../core/messaging/request.ts';
import { openStream } from '../../core/messaging/stream.ts';
import { messageFields, type Tap } from '../../core/messaging/tap.ts';
import { type Failure, failed } from '../../core/model/failure.ts';

/** Most requests read or write a few rows. Those that wait for a network say so themselves. */
const TIMEOUT_MS = 10_000;

/**
 * A worker says at once that it is at it; starting one takes a device in a bad moment seconds.
 * One that stays silent for longer was ended before it could read what was asked.
 */
const SILENCE_MS = 3_000;

/** There is no service worker in this window, and there will be none. */
export class WorkerMissingError extends Error {
  override readonly name = 'WorkerMissingError';
}

/**
 * The only place that talks to the service worker. Requests go to the worker that is active, also
 * from a page that it does not control yet.
 */
export class WorkerLink {
  private readonly container: ServiceWorkerContainer | undefined;
  private readonly registration: Promise<ServiceWorkerRegistration>;
  private readonly tap: Tap;
  /** The worker of this moment speaks another protocol: no request of this page is understood. */
  outdated = false;
  /** Another window holds on to an older database: the worker can do nothing before it is closed. */
  heldUp = false;
  private readonly listeners = new Set<(broadcast: Broadcast) => void>();
  private readonly updateListeners = new Set<(address: string) => void>();
  private readonly mismatchListeners = new Set<() => void>();
  private readonly heldUpListeners = new Set<() => void>();

  /** `registration` rejects where the browser has no worker for us. */
  constructor(
    container: ServiceWorkerContainer | undefined,
    registration: Promise<ServiceWorkerRegistration>,
    tap: Tap,
  ) {
    this.container = container;
    this.registration = registration;
    this.tap = tap;
    container?.addEventListener('message', (event: MessageEvent<unknown>) => {
      const { data } = event;
      if (isCacheUpdate(data)) return this.tellUpdate(data, event);
      if (isForeignBroadcast(data) && isOurWorker(event.source)) this.tellMismatch();
      if (!isBroadcast(data) || data.protocol !== PROTOCOL) {
        tap.record(() => ({
          channel: 'broadcast',
          from: 'worker',
          to: 'page',
          type: event.type,
          phase: 'only',
          outcome: 'dropped: not-a-broadcast',
          event: messageFields(event),
        }));
        return;
      }
      tap.record(() => ({
        channel: 'broadcast',
        from: 'worker',
        to: 'page',
        type: data.broadcast.type,
        phase: 'only',
        payload: data.broadcast,
        event: messageFields(event),
      }));
      for (const listener of this.listeners) listener(data.broadcast);
    });
    // Another one may fit; if not, its first word tells.
    container?.addEventListener('controllerchange', () => {
      this.outdated = false;
    });
    // Messages that came before anyone listened are kept until now.
    container?.startMessages();
  }

  /** Whether `/media` and `/artwork` addresses of this page reach the worker. */
  get controlled(): boolean {
    return (this.container?.controller ?? null) !== null;
  }

  /**
   * A worker that is ended while it is at it is asked once more, in what is left of the time: asking
   * twice is the same as asking once. Rejects with `WorkerMissingError`, `WorkerGoneError`,
   * `RequestTimeoutError` or `RemoteError`; expected failures are in the result.
   */
  async send<Type extends RequestType>(
    type: Type,
    params: Params<Type>,
    { timeoutMs = TIMEOUT_MS, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<Result<Type>> {
    const { tap } = this;
    const { locks } = navigator;
    const endsAt = performance.now() + timeoutMs;
    const ask = async (silenceMs?: number) => {
      const left = { timeoutMs: endsAt - performance.now(), silenceMs };
      return request(await this.worker(), type, params, { ...left, signal, locks, tap });
    };
    try {
      const answer = await ask(SILENCE_MS).catch((error: unknown) => {
        if (!(error instanceof WorkerGoneError)) throw error;
        // This time it may be a device in a very bad moment, and not another death.
        return ask(TIMEOUT_MS);
      });
      // Each page asks for this again and again, and it cannot be answered without rows.
      if (type === 'downloads/advance') this.tellHeldUp(false);
      return answer;
    } catch (error) {
      if (isDatabaseBlocked(error)) this.tellHeldUp(true);
      if (isProtocolMismatch(error)) this.tellMismatch();
      throw error;
    }
  }

  /** Resolves when this page's addresses reach the worker. */
  async claim(): Promise<void> {
    if (this.controlled) return;
    const controlled = new Promise<void>((resolve) => {
      this.container?.addEventListener('controllerchange', () => resolve(), { once: true });
    });
    await this.send('worker/claim', {});
    if (!this.controlled) await controlled;
  }

  /**
   * Opens a stream on the worker of this moment; `onEnd` when that one has ended or refuses. A new
   * worker needs a new one.
   */
  async openStream<Type extends StreamType>(
    type: Type,
    onItem: (item: StreamItem<Type>) => void,
    onEnd: () => void,
  ): Promise<() => void> {
    return openStream(
      await this.worker(),
      type,
      {},
      {
        onItem,
        onEnd: (reason) => {
          if (isProtocolMismatch(reason)) this.tellMismatch();
          onEnd();
        },
        locks: navigator.locks,
        tap: this.tap,
      },
    );
  }

  /** Returns what ends it. */
  onBroadcast(listener: (broadcast: Broadcast) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A kept file was replaced by a newer one; named by the address that rows know it by. */
  onCacheUpdate(listener: (address: string) => void): void {
    this.updateListeners.add(listener);
  }

  /** Page and worker are of versions that do not understand each other: only a reload helps. */
  onMismatch(listener: () => void): void {
    this.mismatchListeners.add(listener);
  }

  onHeldUp(listener: () => void): void {
    this.heldUpListeners.add(listener);
  }

  onNewWorker(listener: () => void): void {
    this.container?.addEventListener('controllerchange', listener);
  }

  private tellUpdate({ type, payload }: CacheUpdate, event: MessageEvent): void {
    this.tap.record(() => ({
      channel: 'broadcast',
      from: 'worker',
      to: 'page',
      type,
      phase: 'only',
      payload,
      event: messageFields(event),
    }));
    for (const listener of this.updateListeners) listener(payload.updatedURL);
  }

  private tellHeldUp(heldUp: boolean): void {
    if (heldUp === this.heldUp) return;
    this.heldUp = heldUp;
    for (const listener of this.heldUpListeners) listener();
  }

  private tellMismatch(): void {
    this.outdated = true;
    for (const listener of this.mismatchListeners) listener();
  }

  private async worker(): Promise<ServiceWorker> {
    const registration = await this.registration.catch((cause: unknown) => {
      throw new WorkerMissingError('no service worker in this window', { cause });
    });
    if (!registration.active) throw new Error('a ready registration without an active worker');
    return registration.active;
  }
}

/** A broadcast reaches every window of the origin, and other apps of this kind may live on it. */
function isOurWorker(source: MessageEventSource | null): boolean {
  return (
    source instanceof ServiceWorker &&
    new URL('.', source.scriptURL).href === new URL('.', document.baseURI).href
  );
}

function isDatabaseBlocked(error: unknown): boolean {
  return error instanceof RemoteError && error.code === 'database-blocked';
}

/** What a person can be told about a request that was not answered. */
export function failureBehind(error: unknown): { ok: false; failure: Failure } {
  if (error instanceof WorkerMissingError) return failed({ code: 'worker-missing' });
  if (isProtocolMismatch(error)) return failed({ code: 'outdated' });
  if (isDatabaseBlocked(error)) return failed({ code: 'database-blocked' });
  console.error(error);
  return failed({ code: 'unexpected', detail: String(error) });
}
