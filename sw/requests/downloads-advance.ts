import type { Advance, Params, Result } from '../../core/contract/requests.ts';
import type { WorkerContext } from '../context.ts';
import { advance, STEP_MS } from '../downloads/advance.ts';
import { hasDamaged, isScrubDue, SCRUB_PAUSE_MS, scrubStep } from '../downloads/scrub-pass.ts';
import { outboxDueMs, wakeOutboxBy } from '../outbox/wake.ts';
import { windowsOf } from '../windows.ts';
import type { Call } from './index.ts';

/** What is due is under way already, most likely. */
const OUTBOX_PAUSE_MS = 2_000;
/** A download that is to be tried again no sooner leaves us idle. */
const IDLE_MS = 1_000;

export async function advanceDownloads(
  { by = 'message' }: Params<'downloads/advance'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/advance'>> {
  // Beside the step: what a slow gateway keeps waiting keeps no download waiting.
  waitUntil(wakeOutboxBy(by, context, context.now() + STEP_MS));
  const outlook = await advance(context);
  const outboxInMs = await outboxDueMs(context);
  // What a finished episode comes with is still on its way. The page need not wait, but one event
  // must; not each of those that a page sends meanwhile.
  if (!context.running.has('with-companions')) {
    waitUntil(
      context.running.join('with-companions', () => context.running.allSettled('companions:')),
    );
  }
  const waits = [outlook.againInMs];
  if (outboxInMs !== null) waits.push(Math.max(OUTBOX_PAUSE_MS, outboxInMs));
  if (isIdle(outlook) && (await isSeen(context))) {
    // Nothing else is to do for now, and somebody is here: a good time to look at what is kept.
    const goesOn = await isScrubDue(context);
    if (goesOn || (await hasDamaged(context))) waitUntil(scrubStep(context).catch(context.report));
    if (goesOn) waits.push(SCRUB_PAUSE_MS);
  }
  const times = waits.filter((ms) => ms !== null);
  return { ...outlook, againInMs: times.length > 0 ? Math.min(...times) : null };
}

function isIdle({ claimable, againInMs }: Advance): boolean {
  return !claimable && (againInMs === null || againInMs > IDLE_MS);
}

async function isSeen(context: WorkerContext): Promise<boolean> {
  return (await windowsOf(context)).some(({ visibilityState }) => visibilityState === 'visible');
}
