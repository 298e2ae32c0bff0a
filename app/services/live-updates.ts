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
  private readonly load: () => Promise<typeof import('./live/follow-feeds.ts')>;

  constructor(
    reader: RowReader,
    link: WorkerLink,
    tap: Tap,
    load = () => import('./live/follow-feeds.ts'),
  ) {
    super();
    this.reader = reader;
    this.link = link;
    this.tap = tap;
    this.load = load;
  }

  /** For the life of the page: never resolves. */
  async run(): Promise<never> {
    const { followFeeds } = await this.arrive();
    const { reader, link, tap } = this;
    return followFeeds({ reader, link, tap, onState: (state) => this.change(state) });
  }

  /** Tries again when it may go better. Firefox alone remembers a failed import while the page lives. */
  private async arrive(): ReturnType<GatewayUpdates['load']> {
    for (;;) {
      try {
        return await this.load();
      } catch (error) {
        console.warn('what live updates take has not arrived', error);
        await anotherChance();
      }
    }
  }

  private change(state: LiveUpdates['state']): void {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

/** Until there is a network again, or somebody looks at the page again. */
async function anotherChance(): Promise<void> {
  const chance = new AbortController();
  const { signal } = chance;
  await new Promise<void>((resolve) => {
    addEventListener('online', () => resolve(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || resolve(), { signal });
  });
  chance.abort();
}
