import type { Params, Result } from '../../core/contract/requests.ts';
import { removeLater } from '../downloads/removals.ts';
import type { Call } from './index.ts';

/** All of them or none: one transaction. They go at the time that their rows say. */
export async function removeDownloads(
  { episodeIds }: Params<'downloads/remove'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/remove'>> {
  const marked = await removeLater(context, episodeIds);
  waitUntil(context.broadcast({ type: 'downloads/changed', episodeIds: marked }));
  return {};
}
