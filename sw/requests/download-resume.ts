import type { Params, Result } from '../../core/contract/requests.ts';
import { NO_TRIES } from '../../core/model/waiting.ts';
import { transition } from '../../core/storage/downloads.ts';
import { carryOut } from '../downloads/carry-out.ts';
import { isHeldBack } from '../downloads/metered.ts';
import type { Call } from './index.ts';

/**
 * Back into the queue; what is stored is kept, and the next plan asks for the rest. Where it waits
 * for an unmetered network, this is the "download now anyway", for this episode and this once.
 */
export async function resumeDownload(
  { episodeId }: Params<'download/resume'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/resume'>> {
  const db = await context.database();
  const resumed = await transition(db, episodeId, { type: 'resumed' }, (row) => ({
    ...NO_TRIES,
    ...(row && isHeldBack(row) && { anyway: true }),
  }));
  waitUntil(carryOut(context, [resumed]));
  return {};
}
