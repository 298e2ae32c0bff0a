import { decideAutoDownloads } from '../../core/storage/auto-downloads.ts';
import { listSubscriptions } from '../../core/storage/subscriptions.ts';
import type { WorkerContext } from '../context.ts';
import { carryOut } from '../downloads/carry-out.ts';
import { announceNew } from './announce-new.ts';

/**
 * What follows from new episodes once they are rows: auto-download decides about them, and they are
 * announced. Looks at the rows alone, so it may be called at any time, by anyone: what a worker that
 * died has left is done by the next.
 */
export async function followUp(context: WorkerContext): Promise<void> {
  const db = await context.database();
  for (const { podcastId, arrivals, decided, autoDownload } of (
    await listSubscriptions(db)
  ).values()) {
    if (autoDownload.on && (decided ?? -1) < arrivals) {
      await carryOut(context, await decideAutoDownloads(db, podcastId));
    }
  }
  await announceNew(context).catch(context.report);
}
