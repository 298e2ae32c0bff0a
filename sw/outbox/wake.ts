import { nextDueMs } from '../../core/model/outbox.ts';
import { listOutbox } from '../../core/storage/outbox.ts';
import type { WorkerContext } from '../context.ts';
import type { WorkedOff } from '../wake-ups.ts';
import { deliverOutbox } from './deliver.ts';

/**
 * Works on the outbox, whoever woke us. Two that come together share one run, so what they wake us
 * for is sent once. An empty outbox costs one look.
 */
export async function wakeOutbox(context: WorkerContext, until: number): Promise<WorkedOff> {
  if ((await listOutbox(await context.database())).length === 0) return 'done';
  return context.running.join('outbox', () => deliverOutbox(context, until));
}

/** When another look at the outbox is worth it, ms from now; `null` when nothing waits for a time. */
export async function outboxDueMs(context: WorkerContext): Promise<number | null> {
  // Without a connection there is nothing to try; whoever sees it come back asks again.
  if (!context.isOnline()) return null;
  return nextDueMs(await listOutbox(await context.database()), context.now()) ?? null;
}
