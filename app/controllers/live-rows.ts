import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Live } from './live.ts';

/** A query, read again whenever its service changes or its arguments do. */
export interface LiveQuery<Service extends EventTarget, Args extends readonly unknown[], Rows> {
  live: Pick<Live<Service>, 'service'>;
  /** Called before every render; compared one by one. */
  args: () => readonly [...Args];
  read: (service: Service, ...args: Args) => Promise<Rows>;
}

/**
 * Keeps the last rows while it reads newer ones, so a page never falls back to its bones. Reads one
 * at a time: changes that come meanwhile are answered by one more reading, however many they are.
 */
export class LiveRows<Service extends EventTarget, Args extends readonly unknown[], Rows>
  implements ReactiveController
{
  /** `undefined` until the first reading has ended well. */
  rows: Rows | undefined;
  loading = false;
  /** What the last reading threw: the storage does not answer, which is not an ordinary failure. */
  error: unknown;

  private readonly host: ReactiveControllerHost;
  private readonly query: LiveQuery<Service, Args, Rows>;
  private args: readonly [...Args] | undefined;
  private stale = false;
  private heard: Service | undefined;

  constructor(host: ReactiveControllerHost, query: LiveQuery<Service, Args, Rows>) {
    this.host = host;
    this.query = query;
    host.addController(this);
  }

  hostConnected(): void {
    this.heard = this.query.live.service;
    this.heard.addEventListener('change', this.read);
    // What happened while the host was out of the document was not heard.
    if (this.args) this.read();
  }

  hostDisconnected(): void {
    this.heard?.removeEventListener('change', this.read);
  }

  hostUpdate(): void {
    const args = this.query.args();
    if (this.args && args.every((arg, index) => arg === this.args?.[index])) return;
    this.args = args;
    this.read();
  }

  readonly read = (): void => {
    this.stale = true;
    if (!this.loading) void this.readUntilFresh();
  };

  private async readUntilFresh(): Promise<void> {
    this.loading = true;
    while (this.stale && this.heard && this.args) {
      this.stale = false;
      try {
        this.rows = await this.query.read(this.heard, ...this.args);
        this.error = undefined;
      } catch (error) {
        this.error = error;
      }
      this.host.requestUpdate();
    }
    this.loading = false;
  }
}
