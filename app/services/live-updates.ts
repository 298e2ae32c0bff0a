import type { Tap } from '../../core/messaging/tap.ts';
import type { LiveUpdates } from '../contexts.ts';
import type { RowReader } from './row-reader.ts';
import type { WorkerLink } from './worker-link.ts';

/**
 * Hears from the gateway which feeds have changed, and has the worker read them. What it takes is
 * loaded when the rest of the page stands.
 */
export class GatewayUpdates extends EventTarget implements LiveUpdates {
  state: LiveUpdates['state'] = 'off';
  private readonly reader: RowReader;
  private readonly link: WorkerLink;
  private readonly tap: Tap;

  constructor(reader: RowReader, link: WorkerLink, tap: Tap) {
    super();
    this.reader = reader;
    this.link = link;
    this.tap = tap;
  }

  /** For the life of the page: rejects where what it takes does not load, and never resolves. */
  async run(): Promise<never> {
    const { followFeeds } = await import('./live/follow-feeds.ts');
    const { reader, link, tap } = this;
    return followFeeds({ reader, link, tap, onState: (state) => this.change(state) });
  }

  private change(state: LiveUpdates['state']): void {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
