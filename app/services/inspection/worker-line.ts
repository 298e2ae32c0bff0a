import {
  type InspectorCall,
  type InspectorNews,
  inspectorLine,
  isInspectorNews,
} from '../../../core/contract/inspection.ts';
import { PROTOCOL } from '../../../core/contract/version.ts';
import { whenGone } from '../../../core/messaging/life.ts';

export interface WorkerLineListener {
  onNews(news: InspectorNews): void;
  /** What is not in the contract was dropped. */
  onUnreadable(): void;
  onWorkerGone(lifeId: string): void;
}

/**
 * An Inspector's end of the line to the worker. The lock is held for as long as the line is open:
 * by it a worker that starts later finds out that somebody listens.
 */
export class WorkerLine {
  private readonly channel: BroadcastChannel;
  private readonly listener: WorkerLineListener;
  private readonly locks: LockManager;
  private readonly closed = new AbortController();
  private readonly lives = new Set<string>();
  private readonly held: Promise<void>;

  constructor(scope: URL, locks: LockManager, listener: WorkerLineListener) {
    const line = inspectorLine(scope);
    this.locks = locks;
    this.listener = listener;
    this.channel = new BroadcastChannel(line);
    this.channel.onmessage = ({ data }: MessageEvent<unknown>) => this.hear(data);
    this.held = locks.request(line, { mode: 'shared' }, () => this.hold());
  }

  /** Lets go of the lock first, so that a worker that is told finds it free. */
  async close(): Promise<void> {
    this.closed.abort();
    this.channel.onmessage = null;
    await this.held;
    this.call('closed');
    this.channel.close();
  }

  private async hold(): Promise<void> {
    const { signal } = this.closed;
    if (signal.aborted) return;
    this.call('listening');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  }

  private call(kind: InspectorCall['kind']): void {
    const call: InspectorCall = { protocol: PROTOCOL, kind };
    this.channel.postMessage(call);
  }

  private hear(data: unknown): void {
    if (!isInspectorNews(data)) {
      this.listener.onUnreadable();
      return;
    }
    const { lifeId } = data;
    if (!this.lives.has(lifeId)) {
      this.lives.add(lifeId);
      whenGone(this.locks, lifeId, this.closed.signal, () => this.listener.onWorkerGone(lifeId));
    }
    this.listener.onNews(data);
  }
}
