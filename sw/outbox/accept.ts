import type { Failure } from '../../core/model/failure.ts';
import type { Mutation } from '../../core/model/outbox.ts';
import type { Podcast } from '../../core/model/podcast.ts';
import { acceptMutation } from '../../core/storage/outbox.ts';
import type { WorkerContext } from '../context.ts';

/**
 * Takes something over to be done when it can be. From here on it is kept, whatever dies; the browser
 * is asked to wake us, and where it does not, the next page does.
 */
export async function accept(
  context: WorkerContext,
  mutation: Mutation,
  podcast?: Podcast,
): Promise<void> {
  const facts = { idempotencyKey: context.randomId(), now: context.now(), podcast };
  await acceptMutation(await context.database(), mutation, facts);
  await context.broadcast({ type: 'outbox/changed' });
  await context.askToBeWoken();
}

/** Whether it did not reach anybody, so that the same may well succeed later. */
export function isForLater({ code }: Failure): boolean {
  return code === 'offline' || code === 'gateway-unreachable';
}
