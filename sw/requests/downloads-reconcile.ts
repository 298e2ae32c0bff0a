import type { Params, Result } from '../../core/contract/requests.ts';
import { reconcile } from '../downloads/reconcile.ts';
import type { Call } from './index.ts';

export async function reconcileDownloads(
  _params: Params<'downloads/reconcile'>,
  { context }: Call,
): Promise<Result<'downloads/reconcile'>> {
  await reconcile(context);
  return {};
}
