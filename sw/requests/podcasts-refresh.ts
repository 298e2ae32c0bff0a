import type { Params, Result } from '../../core/contract/requests.ts';
import { refreshPodcasts } from '../feeds/refresh-all.ts';
import type { Call } from './index.ts';

/** A request begins nothing new after that, so that its event ends in time. */
const STEP_MS = 20_000;

/** One bounded step; the page asks again until nothing is left. Offline there is nothing to ask. */
export async function refreshAllPodcasts(
  { since }: Params<'podcasts/refresh'>,
  { context }: Call,
): Promise<Result<'podcasts/refresh'>> {
  return refreshPodcasts(context, { since, until: context.now() + STEP_MS });
}
