import type { WorkerContext } from '../context.ts';
import { attemptOfFetch } from './background-fetch.ts';
import { harvest } from './background-harvest.ts';
import { settleWork } from './outcome.ts';

/** Lives that began a version. One that dies before its first step leaves it to the watchdog. */
const due = new WeakSet<WorkerContext>();

/** Not while activating: `getIds()` does not answer then, and the activation would wait for ever. */
export function renewSoon(context: WorkerContext): void {
  due.add(context);
}

/**
 * Ends the running Background Fetches when a new version begins, so that the open pages start them
 * anew for what is missing. Chromium finishes the requests that are on their way at that moment and
 * sends no further ones, without a word, until the watchdog's minute is over (seen in 156).
 *
 * Part of a page's step: with no page open nobody could start them, and they stay as they are.
 */
export async function renewBackgroundFetches(context: WorkerContext): Promise<void> {
  if (!due.delete(context)) return;
  const manager = context.registration.backgroundFetch;
  for (const fetchId of (await manager?.getIds()) ?? []) {
    const attempt = await attemptOfFetch(context, fetchId);
    const registration = await manager?.get(fetchId);
    if (!registration || attempt?.lease?.owner !== fetchId) continue;
    await harvest(context, attempt, registration, AbortSignal.abort());
    // The lease goes first: by that the abort event knows that it was us, and not the user.
    await settleWork(context, attempt, { kind: 'yielded' });
    await registration.abort();
  }
}
