import type { Attempt, Lease } from '../../../core/model/attempt.ts';
import type { AttemptId } from '../../../core/model/ids.ts';
import type { Browser } from './browser.ts';
import type { World } from './world.ts';

/** No lease with an end is given for longer: what says so was given before the clock was put back. */
const LONGEST_MS = 60_000;

/** Whose each attempt is, from the outside, and who writes to it (I6). */
export class Holders {
  /** The life of the worker that wrote each row last. */
  private readonly writers = new Map<AttemptId, string>();
  private readonly world: World;
  private readonly browser: Browser;

  constructor(world: World, browser: Browser) {
    this.world = world;
    this.browser = browser;
  }

  /** A life of the worker writes a row, in a transaction that may still fail. */
  writes(lifeId: string, { id }: Attempt): void {
    this.writers.set(id, lifeId);
  }

  check(before: Attempt, now: Attempt): void {
    const writer = this.writers.get(now.id);
    const say = (words: string) =>
      this.world.violate(`${now.episodeId}, attempt ${now.id}: I6: ${words}`);
    const isMore = now.journal.length > before.journal.length;
    if (isMore && isAnothers(before.lease, writer) && isAnothers(now.lease, writer)) {
      say(`${writer} adds bytes, and ${now.lease?.owner} holds it`);
    }
    const isTaken = now.epoch > before.epoch && now.lease !== undefined;
    if (isTaken && before.lease && this.isLive(before.lease, writer)) {
      say(`taken by ${writer} from ${before.lease.owner}, which holds it`);
    }
  }

  private isLive({ engine, owner, expiresAt }: Lease, taker: string | undefined): boolean {
    const leftMs = expiresAt - this.world.date;
    const lasts = leftMs > 0 && (leftMs <= LONGEST_MS || leftMs === Number.POSITIVE_INFINITY);
    if (engine === 'foreground') return owner === taker && lasts;
    const { hasBackgroundFetch, background } = this.browser;
    return hasBackgroundFetch && (lasts || background.live.some(({ id }) => id === owner));
  }
}

/** Bytes of a Background Fetch may be brought in by any life. */
function isAnothers(lease: Lease | undefined, writer: string | undefined): boolean {
  return lease?.engine === 'foreground' && lease.owner !== writer;
}
