import type { Failure } from '../../core/model/failure.ts';
import { MOST_TRIES } from '../../core/model/feed-import.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import { beginImport, endImport, putBackImport } from '../../core/storage/imports.ts';
import type { WorkerContext } from '../context.ts';
import { subscribeToFeed } from '../feeds/subscribe.ts';

/** `held`: there is no way to any feed just now. */
export type ImportEnd = { held: boolean; podcastId: PodcastId | undefined };

const DONE: ImportEnd = { held: false, podcastId: undefined };

/**
 * Subscribes to one feed of an import and notes how it ended. The feed and its outcome are stored in
 * one transaction, so a worker that dies here has done all of it or nothing, and what was cancelled
 * meanwhile is not added.
 */
export async function importFeed(context: WorkerContext, address: string): Promise<ImportEnd> {
  const db = await context.database();
  const row = await beginImport(db, address);
  if (!row) return DONE;
  if (row.tries > MOST_TRIES) {
    await endImport(db, address, { kind: 'failed', failure: { code: 'feed-timeout' } });
    return DONE;
  }
  const outcome = await subscribeToFeed(context, address, { imported: address });
  if (outcome.ok) {
    // Already noted, where it was added.
    await endImport(db, address, { kind: 'there', podcastId: outcome.value });
    return { held: false, podcastId: outcome.value };
  }
  const { failure } = outcome;
  if (failure.code === 'offline') {
    await putBackImport(db, address);
    return { held: true, podcastId: undefined };
  }
  const held = isHeld(failure);
  if (!held || row.tries === MOST_TRIES) await endImport(db, address, { kind: 'failed', failure });
  return { held, podcastId: undefined };
}

/** It says nothing about this feed, so far as we know: the gateway is gone, or has enough of us. */
function isHeld({ code }: Failure): boolean {
  return code === 'gateway-unreachable';
}
