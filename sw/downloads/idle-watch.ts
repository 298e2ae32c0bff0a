import type { WorkerContext } from '../context.ts';

/**
 * A connection that brings nothing for so long is dead. Shorter than a step, or a silent host would
 * use up every step, and never be found out.
 */
const IDLE_TIMEOUT_MS = 10_000;

/** Aborts its signal when nothing has come for 10 s. Whoever begins one ends it. */
export class IdleWatch {
  private readonly controller = new AbortController();
  private readonly context: Pick<WorkerContext, 'later'>;
  private cancel: () => void = () => undefined;

  constructor(context: Pick<WorkerContext, 'later'>) {
    this.context = context;
    this.beat();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Something has come: the wait begins anew. */
  beat(): void {
    this.cancel();
    this.cancel = this.context.later(IDLE_TIMEOUT_MS, () => this.controller.abort());
  }

  end(): void {
    this.cancel();
  }
}
