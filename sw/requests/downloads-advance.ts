import type { Params, Result } from '../../core/contract/requests.ts';
import { advance, STEP_MS } from '../downloads/advance.ts';
import { outboxDueMs, wakeOutbox } from '../outbox/wake.ts';
import type { Call } from './index.ts';

/** What is due is under way already, most likely. */
const OUTBOX_PAUSE_MS = 2_000;

export async function advanceDownloads(
  _params: Params<'downloads/advance'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/advance'>> {
  // Beside the step: what a slow gateway keeps waiting keeps no download waiting.
  waitUntil(wakeOutbox(context, context.now() + STEP_MS));
  const outlook = await advance(context);
  const outboxInMs = await outboxDueMs(context);
  // What a finished episode comes with is still on its way. The page need not wait, but one event
  // must; not each of those that a page sends meanwhile.
  if (!context.running.has('with-companions')) {
    waitUntil(
      context.running.join('with-companions', () => context.running.allSettled('companions:')),
    );
  }
  if (outboxInMs === null) return outlook;
  const againInMs = Math.max(OUTBOX_PAUSE_MS, outboxInMs);
  return { ...outlook, againInMs: Math.min(outlook.againInMs ?? againInMs, againInMs) };
}
