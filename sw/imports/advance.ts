import type { ImportAdvance } from '../../core/contract/requests.ts';
import type { ImportedFeed } from '../../core/model/feed-import.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import { countImports, listImports } from '../../core/storage/imports.ts';
import type { WorkerContext } from '../context.ts';
import type { WorkedOff } from '../wake-ups.ts';
import { importFeed } from './import-feed.ts';

const STEP_MS = 20_000;
/** A browser opens six connections to the gateway: some are left for the page. */
const AT_ONCE = 4;
/** So many are looked at to find the next one: more than can be under way. */
const LOOK_AHEAD = 24;
/** Everything that a page shows is read again, each time. */
const TELL_EVERY_MS = 1_000;
const SOON_MS = 50;
const HELD_MS = 15_000;

/** Works on the import for one bounded step. Callers that come together share one. */
export function advanceImports(context: WorkerContext): Promise<ImportAdvance> {
  return context.running.join('imports', async (stop) => {
    const step = new ImportStep(context, AbortSignal.any([stop, context.timeout(STEP_MS)]));
    await step.run();
    const { waiting } = await countImports(await context.database());
    if (waiting === 0 || !context.isOnline()) return { againInMs: null };
    return { againInMs: step.held ? HELD_MS : SOON_MS };
  });
}

/**
 * Step after step, for an event that no page stands behind, until nothing waits, nothing moves, or
 * `until` (ms since 1970) comes near.
 */
export async function importRound(context: WorkerContext, until: number): Promise<WorkedOff> {
  for (;;) {
    const { waiting } = await countImports(await context.database());
    if (waiting === 0) return 'done';
    if (!context.isOnline() || context.now() + STEP_MS > until) return 'left';
    const { againInMs } = await advanceImports(context);
    if (againInMs === HELD_MS) return 'left';
  }
}

class ImportStep {
  /** There is no way to any feed just now. */
  held = false;
  private readonly context: WorkerContext;
  private readonly deadline: AbortSignal;
  private isOver = false;
  private stopTimer: (() => void) | undefined;
  private changed: PodcastId[] = [];

  constructor(context: WorkerContext, deadline: AbortSignal) {
    this.context = context;
    this.deadline = deadline;
  }

  async run(): Promise<void> {
    const { running, isOnline } = this.context;
    const db = await this.context.database();
    while (!this.deadline.aborted && !this.held && isOnline()) {
      const waiting = await listImports(db, 'waiting', LOOK_AHEAD);
      const isUnderWay = ({ address }: ImportedFeed) => running.has(nameOf(address));
      const underWay = waiting.filter(isUnderWay);
      const next = leastTried(waiting.filter((row) => !isUnderWay(row)));
      if (next && underWay.length < AT_ONCE) {
        this.begin(next.address);
      } else if (underWay.length > 0) {
        const ends = underWay.map(({ address }) => running.settled(nameOf(address)));
        await Promise.race([aborted(this.deadline), ...ends]);
      } else break;
    }
    this.isOver = true;
    await this.tell();
  }

  /** A slow host may take longer than the step: the run goes on, and the next step waits for it. */
  private begin(address: string): void {
    const { running, report } = this.context;
    running
      .join(nameOf(address), () => importFeed(this.context, address), { windsDown: false })
      .then(async ({ held, podcastId }) => {
        this.held ||= held;
        if (podcastId) this.changed.push(podcastId);
        if (this.isOver) await this.tell();
        else this.stopTimer ??= this.context.later(TELL_EVERY_MS, () => void this.tell());
      })
      .catch((error: unknown) => {
        report(error);
        // Its row waits, and may not even count that it was begun: the store may be what fails.
        this.held = true;
      });
  }

  private async tell(): Promise<void> {
    this.stopTimer?.();
    this.stopTimer = undefined;
    const podcastIds = this.changed.splice(0);
    await this.context.broadcast({ type: 'imports/changed' });
    if (podcastIds.length > 0)
      await this.context.broadcast({ type: 'podcasts/changed', podcastIds });
  }
}

function nameOf(address: string): string {
  return `import:${address}`;
}

/** What did not work before comes after what was not tried yet. */
function leastTried(rows: readonly ImportedFeed[]): ImportedFeed | undefined {
  return rows.reduce<ImportedFeed | undefined>(
    (best, row) => (best && best.tries <= row.tries ? best : row),
    undefined,
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
