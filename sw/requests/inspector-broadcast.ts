import type { Params, Result } from '../../core/contract/requests.ts';
import type { Call } from './index.ts';

/** To every window, controlled or not. */
export async function broadcastForInspector(
  _params: Params<'inspector/broadcast'>,
  { context }: Call,
): Promise<Result<'inspector/broadcast'>> {
  await context.broadcast({ type: 'inspector/greeted' });
  return {};
}
