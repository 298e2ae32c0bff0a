import { envelope, type StreamMessage } from '../contract/envelope.ts';
import { isForeign, isStreamMessage } from '../contract/guards.ts';
import type { StreamItem, StreamParams, StreamType } from '../contract/streams.ts';
import { PROTOCOL } from '../contract/version.ts';
import { RemoteError, unreadable } from './errors.ts';
import { whenGone } from './life.ts';
import type { RequestTarget } from './request.ts';
import { messageFields, type Tap } from './tap.ts';

export interface Subscriber<Type extends StreamType> {
  onItem(item: StreamItem<Type>): void;
  /** The worker behind the stream was ended, or refuses it; nothing will come any more. */
  onEnd(reason: 'worker-gone' | RemoteError): void;
  locks?: LockManager | undefined;
  tap?: Tap | undefined;
}

/**
 * Opens a stream: one MessageChannel that stays. The first item is a snapshot. Returns a function
 * that closes it. Where there are locks, the death of the worker is told by `onEnd`; whoever
 * subscribes decides whether to subscribe again, and so to wake a new one.
 */
export function openStream<Type extends StreamType>(
  target: RequestTarget,
  type: Type,
  params: StreamParams<Type>,
  { onItem, onEnd, locks, tap }: Subscriber<Type>,
): () => void {
  const { port1, port2 } = new MessageChannel();
  const message = envelope('stream', crypto.randomUUID(), type, params);
  const about = { channel: 'stream', type, exchangeId: message.id } as const;
  const ended = new AbortController();
  const close = () => {
    ended.abort();
    port1.close();
  };
  const end = (reason: 'worker-gone' | RemoteError) => {
    close();
    tap?.record(() => ({
      ...about,
      from: 'worker',
      to: 'page',
      phase: 'end',
      outcome: reason === 'worker-gone' ? reason : reason.code,
    }));
    onEnd(reason);
  };
  let lifeId: string | undefined;
  port1.onmessageerror = () => end(unreadable(undefined));
  port1.onmessage = (event: MessageEvent<unknown>) => {
    if (ended.signal.aborted) return;
    const { data } = event;
    // A worker of another protocol: its items are not ours to read. The rows still are.
    if (isForeign(data) || !isStreamMessage(data)) return end(unreadable(data));
    if (data.kind === 'error') return end(new RemoteError(data.code, data.message));
    if (lifeId === undefined) {
      lifeId = data.lifeId;
      if (locks) whenGone(locks, lifeId, ended.signal, () => end('worker-gone'));
    }
    tap?.record(() => ({
      ...about,
      from: 'worker',
      to: 'page',
      phase: 'only',
      payload: data.item,
      event: messageFields(event),
    }));
    onItem(data.item as StreamItem<Type>);
  };
  tap?.record(() => ({ ...about, from: 'page', to: 'worker', phase: 'begin', payload: params }));
  target.postMessage(message, [port2]);
  return close;
}

/** So many pages are told at the full pace. */
const FEW = 4;

/**
 * The worker's end of one stream kind: one port per subscriber, each told at most once per
 * `intervalMs`, always with the latest item. Lives in memory only; a new worker starts empty and
 * subscribers come back by themselves.
 */
export class StreamPublisher<Type extends StreamType> {
  private readonly ports = new Map<string, MessagePort>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly snapshot: () => StreamItem<Type>;
  private readonly intervalMs: number;
  private readonly lifeId: string;

  constructor(snapshot: () => StreamItem<Type>, intervalMs: number, lifeId: string) {
    this.snapshot = snapshot;
    this.intervalMs = intervalMs;
    this.lifeId = lifeId;
  }

  /** Takes the port; a subscriber that comes back replaces its old one. */
  add(subscriberId: string, port: MessagePort): void {
    this.ports.get(subscriberId)?.close();
    this.ports.set(subscriberId, port);
    this.post(port);
  }

  /** Forgets everyone who is not in the list: a port does not say when its page has gone. */
  keepOnly(subscriberIds: ReadonlySet<string>): void {
    for (const [id, port] of this.ports) {
      if (subscriberIds.has(id)) continue;
      port.close();
      this.ports.delete(id);
    }
  }

  /**
   * Something changed: everyone hears of it within `intervalMs`, or a multiple of that where they are
   * many. Twenty pages that draw ten times a second leave the work itself too little of the machine.
   */
  changed(): void {
    const waitMs = this.intervalMs * Math.ceil(this.ports.size / FEW);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const port of this.ports.values()) this.post(port);
    }, waitMs);
  }

  private post(port: MessagePort): void {
    const message: StreamMessage = {
      protocol: PROTOCOL,
      kind: 'item',
      lifeId: this.lifeId,
      item: this.snapshot(),
    };
    port.postMessage(message);
  }
}
