import type { Params, Result } from '../../core/contract/requests.ts';
import { countStrays } from '../caching/kept-files.ts';
import { keepMissingCompanions } from '../caching/missing-companions.ts';
import { reconcile } from '../downloads/reconcile.ts';
import { wakeScrub } from '../downloads/scrub-pass.ts';
import type { Call } from './index.ts';

export async function reconcileDownloads(
  _params: Params<'downloads/reconcile'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/reconcile'>> {
  waitUntil(context.tidyShell());
  const counted = context.running.join('strays', () => countStrays(context));
  waitUntil(counted);
  await reconcile(context);
  await wakeScrub(context);
  // Behind the count, which finds what is here and has no row.
  const kept = counted.then(() =>
    context.running.join('missing-companions', () => keepMissingCompanions(context)),
  );
  waitUntil(kept.catch(context.report));
  return {};
}
