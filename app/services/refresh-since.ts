import type { RefreshTotals } from '../contexts.ts';
import type { WorkerLink } from './worker-link.ts';

/** A step begins nothing after 20 s, and what it has begun may take a feed's time. */
const STEP_TIMEOUT_MS = 100_000;

/**
 * Has the worker refresh podcasts, one bounded step after the other, until none is left or none can
 * be read. `since` (ms since 1970): all that were not read since then; `null`: those that are due.
 */
export async function refreshSince(link: WorkerLink, since: number | null): Promise<RefreshTotals> {
  const totals = { changed: 0, failed: 0 };
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const step = await link.send('podcasts/refresh', { since }, { timeoutMs: STEP_TIMEOUT_MS });
    totals.changed += step.changed;
    totals.failed += step.failed;
    // What is left when nothing moves waits for a connection, or for another day.
    if (step.left === 0 || step.left >= before) return totals;
    before = step.left;
  }
}
