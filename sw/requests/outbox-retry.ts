import type { Params, Result } from '../../core/contract/requests.ts';
import { retryEntry } from '../../core/storage/outbox.ts';
import type { Call } from './index.ts';

export async function retryOutboxEntry(
  { sequence }: Params<'outbox/retry'>,
  { context, waitUntil }: Call,
): Promise<Result<'outbox/retry'>> {
  await retryEntry(await context.database(), sequence);
  waitUntil(context.broadcast({ type: 'outbox/changed' }));
  await context.askToBeWoken();
  return {};
}
