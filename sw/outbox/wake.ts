import { nextDueMs } from '../../core/model/outbox.ts';
import { type OutboxRun, outboxWords, type UnrecordedCause } from '../../core/model/wake-up.ts';
import { listOutbox } from '../../core/storage/outbox.ts';
import type { WorkerContext } from '../context.ts';
import { deliverOutbox } from './deliver.ts';

/**
 * Works on the outbox, whoever woke us. Two that come together share one run, so what they wake us
 * for is sent once. An empty outbox costs one look.
 */
export async function wakeOutbox(context: WorkerContext, until: number): Promise<OutboxRun> {
  if ((await listOutbox(await context.database())).length === 0) return NOTHING_WAITS;
  return context.running.join('outbox', () => deliverOutbox(context, until));
}

const NOTHING_WAITS: OutboxRun = { sent: 0, refused: 0, left: 0 };

/** The same for what leaves no row: whoever has an Inspector open sees that it came, and what of it. */
export function wakeOutboxBy(
  by: UnrecordedCause,
  context: WorkerContext,
  until: number,
): Promise<OutboxRun> {
  return context.tap.frame(
    () => ({
      channel: 'wake-up',
      from: by === 'worker-start' ? 'browser' : 'page',
      to: 'worker',
      type: by,
      phase: 'begin',
      exchangeId: context.randomId(),
    }),
    wakeOutbox(context, until),
    outboxWords,
  );
}

/** When another look at the outbox is worth it, ms from now; `null` when nothing waits for a time. */
export async function outboxDueMs(context: WorkerContext): Promise<number | null> {
  // Without a connection there is nothing to try; whoever sees it come back asks again.
  if (!context.isOnline()) return null;
  return nextDueMs(await listOutbox(await context.database()), context.now()) ?? null;
}
