/**
 * A connection that brings nothing for so long is dead. Shorter than a step, or a silent host would
 * use up every step, and never be found out.
 */
const IDLE_TIMEOUT_MS = 10_000;

/** Aborts its signal when nothing has come for 10 s. Whoever begins one ends it. */
export class IdleWatch {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.beat();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Something has come: the wait begins anew. */
  beat(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.controller.abort(), IDLE_TIMEOUT_MS);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
