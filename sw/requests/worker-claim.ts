import type { Params, Result } from '../../core/contract/requests.ts';
import type { Call } from './index.ts';

/**
 * Takes control of every page in scope. On a first load, and after a forced reload, a page runs
 * without a controller, and `/media` would go to the server.
 */
export async function claimPage(
  _params: Params<'worker/claim'>,
  { context }: Call,
): Promise<Result<'worker/claim'>> {
  await context.clients.claim();
  return {};
}
