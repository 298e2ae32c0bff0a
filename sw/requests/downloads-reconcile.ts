import type { Params, Result } from '../../core/contract/requests.ts';
import { countStrays } from '../caching/kept-files.ts';
import { tidyShell } from '../caching/shell.ts';
import { reconcile } from '../downloads/reconcile.ts';
import { wakeScrub } from '../downloads/scrub-pass.ts';
import type { Call } from './index.ts';

export async function reconcileDownloads(
  _params: Params<'downloads/reconcile'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/reconcile'>> {
  waitUntil(tidyShell(context));
  waitUntil(context.running.join('strays', () => countStrays(context)));
  await reconcile(context);
  await wakeScrub(context);
  return {};
}
