import type { OutboxRun, WakeUp } from '../core/model/wake-up.ts';
import { addWakeUp, endWakeUp } from '../core/storage/wake-ups.ts';
import type { WorkerContext } from './context.ts';

/** Whether all was done, or something is left that another call could do. */
export type WorkedOff = 'done' | 'left';

export interface WorkEnd {
  workedOff: WorkedOff;
  /** What it meant for the outbox. */
  outbox: OutboxRun;
}

/** An event that a browser wakes us with may last several minutes; ours end after two. */
export const WAKE_UP_MS = 2 * 60_000;

/**
 * Works off a wake-up, with a row about it from before the first step: whoever opens the app later
 * sees that the worker was woken, also where it died at it. Rejects only where `work` does.
 */
export async function noteWakeUp(
  context: WorkerContext,
  arrival: Pick<WakeUp, 'by' | 'tag' | 'lastChance'>,
  work: () => Promise<WorkEnd>,
): Promise<WorkedOff> {
  // A store that fails must not keep the work from being done.
  const key = await addTo(context, arrival).catch(context.report);
  const end = async (outcome: WorkedOff | 'failed', outbox?: OutboxRun) => {
    if (key !== undefined) await endWakeUp(await context.database(), key, outcome, outbox);
    await context.broadcast({ type: 'wake-ups/changed' });
  };
  try {
    const { workedOff, outbox } = await work();
    await end(workedOff, outbox).catch(context.report);
    return workedOff;
  } catch (error) {
    await end('failed').catch(context.report);
    throw error;
  }
}

async function addTo(
  context: WorkerContext,
  arrival: Pick<WakeUp, 'by' | 'tag' | 'lastChance'>,
): Promise<number> {
  const key = await addWakeUp(await context.database(), { ...arrival, at: context.now() });
  await context.broadcast({ type: 'wake-ups/changed' });
  return key;
}
