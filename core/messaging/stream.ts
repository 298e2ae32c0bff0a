import { envelope } from '../contract/envelope.ts';
import type { StreamItem, StreamParams, StreamType } from '../contract/streams.ts';
import { PROTOCOL } from '../contract/version.ts';
import type { RequestTarget } from './request.ts';

interface ItemMessage {
  protocol: number;
  kind: 'item';
  item: unknown;
}

/**
 * Opens a stream: one MessageChannel that stays. The first item is a snapshot. Returns a function
 * that closes it. The other end may die at any time without a word; whoever subscribes decides what
 * silence means and subscribes again.
 */
export function openStream<Type extends StreamType>(
  target: RequestTarget,
  type: Type,
  params: StreamParams<Type>,
  onItem: (item: StreamItem<Type>) => void,
): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event: MessageEvent<ItemMessage>) => {
    // A worker of another protocol: its items are not ours to read. The rows still are.
    if (event.data.protocol === PROTOCOL) onItem(event.data.item as StreamItem<Type>);
  };
  target.postMessage(envelope('stream', type, params), [port2]);
  return () => port1.close();
}

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

  constructor(snapshot: () => StreamItem<Type>, intervalMs: number) {
    this.snapshot = snapshot;
    this.intervalMs = intervalMs;
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

  /** Something changed: everyone hears of it within `intervalMs`. */
  changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const port of this.ports.values()) this.post(port);
    }, this.intervalMs);
  }

  private post(port: MessagePort): void {
    const message: ItemMessage = { protocol: PROTOCOL, kind: 'item', item: this.snapshot() };
    port.postMessage(message);
  }
}
