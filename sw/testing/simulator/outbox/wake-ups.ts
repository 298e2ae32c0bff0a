import { onOutboxSync } from '../../../events/outbox-sync.ts';
import { onPeriodicSync } from '../../../events/periodic-sync.ts';
import { onSync } from '../../../events/sync.ts';
import type { Browser } from '../browser.ts';
import type { Page } from '../page.ts';
import type { World } from '../world.ts';

/** As Workbox names it. */
const TAG = 'workbox-background-sync:outbox';
const AGAIN_MS = 300_000;
const MOST_CALLS = 3;

/** Background Sync as Chromium has it: at once where there is a network, again after a rejection, and then no more. */
export class WakeUps {
  private readonly world: World;
  private readonly browser: Browser<Page>;
  private isRegistered = false;

  constructor(world: World, browser: Browser<Page>) {
    this.world = world;
    this.browser = browser;
  }

  register(): void {
    if (this.isRegistered) return;
    this.isRegistered = true;
    this.call(1, 5);
  }

  /** One event of the browser, with both its listeners. */
  sync(lastChance: boolean): Promise<unknown> {
    const event = { tag: TAG, lastChance } as SyncEvent;
    return this.browser.handle(async (context) => {
      const ends = await Promise.allSettled([onOutboxSync(context), onSync(event, context)]);
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    });
  }

  periodicSync(): Promise<unknown> {
    const event = { tag: 'podcasts' } as PeriodicSyncEvent;
    return this.browser.handle((context) => onPeriodicSync(event, context));
  }

  private call(number: number, afterMs: number): void {
    this.world.time.after(afterMs, () => {
      if (!this.world.isOnline) return this.call(number, 2_000);
      this.sync(number === MOST_CALLS).then(
        () => {
          this.isRegistered = false;
        },
        (error) => {
          this.world.note(`the sync event rejects: ${error}`);
          if (number < MOST_CALLS) this.call(number + 1, AGAIN_MS);
          else this.isRegistered = false;
        },
      );
    });
  }
}
