/**
 * Ends outbound work that takes too long, or that nobody waits for any more. Exactly one of its
 * ends comes: the time is up, the client has gone, or the work says that it is done.
 */
export class Watchdog {
  private readonly controller = new AbortController();
  private readonly limitMs: number;

  /** `client` is aborted when the client goes. */
  constructor(limitMs: number, client: AbortSignal) {
    this.limitMs = limitMs;
    if (client.aborted) this.end(client.reason);
    client.addEventListener('abort', () => this.end(client.reason), { signal: this.signal });
  }

  /** Hand it to `fetch`: it ends the request and the body. Its reason tells a timeout apart. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Lets go of everything that is still under way. The first reason counts. */
  end(reason: unknown = new DOMException('done', 'AbortError')): void {
    this.controller.abort(reason);
  }

  /** Waits for `work`, and ends it when it takes longer than the limit. Only this time counts. */
  async watch<T>(work: Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      this.end(new DOMException('took too long', 'TimeoutError'));
    }, this.limitMs);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  }
}
