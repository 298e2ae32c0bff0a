import type { Params, Result } from '../../core/contract/requests.ts';
import type { WorkerContext } from '../context.ts';
import { advance } from '../downloads/advance.ts';
import { hasDamaged, isScrubDue, SCRUB_PAUSE_MS, scrubStep } from '../downloads/scrub-pass.ts';
import { windowsOf } from '../windows.ts';
import type { Call } from './index.ts';

/** A download that is to be tried again no sooner leaves us idle. */
const IDLE_MS = 1_000;

export async function advanceDownloads(
  _params: Params<'downloads/advance'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/advance'>> {
  const outlook = await advance(context);
  // What a finished episode comes with is still on its way. The page need not wait, but one event
  // must; not each of those that a page sends meanwhile.
  if (!context.running.has('with-companions')) {
    waitUntil(
      context.running.join('with-companions', () => context.running.allSettled('companions:')),
    );
  }
  const { againInMs, claimable } = outlook;
  // Nothing else is to do for now, and somebody is here: a good time to look at what is kept.
  const isIdle = !claimable && (againInMs === null || againInMs > IDLE_MS);
  if (!isIdle || !(await isSeen(context))) return outlook;
  const goesOn = await isScrubDue(context);
  if (goesOn || (await hasDamaged(context))) {
    waitUntil(scrubStep(context).catch(context.report));
  }
  return goesOn
    ? { claimable, againInMs: Math.min(againInMs ?? SCRUB_PAUSE_MS, SCRUB_PAUSE_MS) }
    : outlook;
}

async function isSeen(context: WorkerContext): Promise<boolean> {
  return (await windowsOf(context)).some(({ visibilityState }) => visibilityState === 'visible');
}
