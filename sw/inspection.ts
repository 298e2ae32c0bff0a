import { type InspectorNews, inspectorLine, isInspectorCall } from '../core/contract/inspection.ts';
import type { Trace } from '../core/contract/trace.ts';
import { PROTOCOL } from '../core/contract/version.ts';
import type { WorkerContext } from './context.ts';

/** Many traces travel in one message. */
const BATCH_MS = 50;
/** Of one batch; under a flood the rest is counted only. */
const MAX_BATCH = 1_000;
/** Kept while it is not known yet whether anybody listens. */
const MAX_EARLY = 200;
/** An Inspector whose page crashed said nothing: so often it is looked for while there is news. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Sends what the worker sees to open Inspectors. Call once when the worker's script starts: one
 * query of locks tells whether somebody listens already; whoever comes later says so. While nobody
 * does, nothing is recorded. Returns a function that ends it, for tests.
 */
export function offerInspection(context: WorkerContext): () => void {
  const inspection = new WorkerInspection(context);
  inspection.begin();
  return () => inspection.end();
}

class WorkerInspection {
  private readonly context: WorkerContext;
  private readonly channel: BroadcastChannel;
  private waiting: Trace[] = [];
  private leftOut = 0;
  private isHeard = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the looks and calls: an answer that something else has overtaken says nothing. */
  private turn = 0;
  private lookedAt = 0;

  constructor(context: WorkerContext) {
    this.context = context;
    this.channel = new BroadcastChannel(inspectorLine(context.baseUrl));
  }

  begin(): void {
    const { tap, lifeId, build } = this.context;
    this.channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!isInspectorCall(data)) return;
      if (data.kind === 'listening') this.listen();
      else this.look();
    };
    tap.listener = this.keep;
    tap.record(() => ({
      channel: 'life',
      from: 'browser',
      to: 'worker',
      type: 'worker started',
      phase: 'only',
      payload: { lifeId, build },
    }));
    this.look();
  }

  end(): void {
    this.rest();
    this.channel.close();
  }

  private readonly keep = (trace: Trace): void => {
    if (this.waiting.length >= (this.isHeard ? MAX_BATCH : MAX_EARLY)) this.leftOut += 1;
    else this.waiting.push(trace);
    if (this.isHeard) this.timer ??= setTimeout(this.send, BATCH_MS);
  };

  /** Somebody is there: everything that is kept, and who we are even if that is nothing. */
  private listen(): void {
    this.turn += 1;
    this.isHeard = true;
    this.context.tap.listener = this.keep;
    this.send();
  }

  private rest(): void {
    this.turn += 1;
    this.isHeard = false;
    this.context.tap.listener = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = [];
    this.leftOut = 0;
  }

  /** Asks the browser whether any Inspector holds its lock. */
  private look(): void {
    this.turn += 1;
    const { turn } = this;
    this.lookedAt = this.context.now();
    const { locks, baseUrl, report } = this.context;
    const line = inspectorLine(baseUrl);
    locks.query().then(({ held }) => {
      if (turn !== this.turn) return;
      const isThere = held?.some(({ name }) => name === line) ?? false;
      if (!isThere) this.rest();
      else if (!this.isHeard) this.listen();
    }, report);
  }

  private readonly send = (): void => {
    const { lifeId, build, dropped, now } = this.context;
    clearTimeout(this.timer);
    this.timer = undefined;
    const news: InspectorNews = {
      protocol: PROTOCOL,
      kind: 'news',
      lifeId,
      build,
      traces: this.waiting,
      leftOut: this.leftOut,
      dropped: dropped.counts,
    };
    this.channel.postMessage(news);
    this.waiting = [];
    this.leftOut = 0;
    if (now() - this.lookedAt > LOOK_AGAIN_MS) this.look();
  };
}
