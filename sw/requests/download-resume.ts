import type { Params, Result } from '../../core/contract/requests.ts';
import { transition } from '../../core/storage/downloads.ts';
import type { Call } from './index.ts';

/** Back into the queue; what is stored is kept, and the next plan asks for the rest. */
export async function resumeDownload(
  { episodeId }: Params<'download/resume'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/resume'>> {
  const again = { retries: 0, retryAt: undefined };
  await transition(await context.database(), episodeId, { type: 'resumed' }, again);
  waitUntil(context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] }));
  return {};
}
