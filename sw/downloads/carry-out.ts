import type { DownloadEffect, DownloadEvent } from '../../core/model/download.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { type Changed, type RowChange, transition } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { keepCompanions } from '../caching/companions.ts';
import type { WorkerContext } from '../context.ts';
import { notifyFinished } from '../notify-finished.ts';
import { clearDeleted, wakeForSpace } from './clean-up.ts';
import { retain } from './retain.ts';
import { stopWork } from './stop-work.ts';

/** Applies one event, and carries out what follows from it. */
export async function change(
  context: WorkerContext,
  episodeId: EpisodeId,
  event: DownloadEvent,
  alongside?: RowChange,
): Promise<void> {
  await carryOut(context, [
    await transition(await context.database(), episodeId, event, alongside),
  ]);
}

/**
 * Carries out what follows from changes that are rows by now, for all of them together: pages are
 * told once.
 */
export async function carryOut(context: WorkerContext, changes: readonly Changed[]): Promise<void> {
  const idsWith = (effect: DownloadEffect) =>
    changes.filter(({ effects }) => effects.includes(effect)).map(({ episodeId }) => episodeId);
  for (const episodeId of idsWith('stop-work')) await stopWork(context, episodeId);
  const changed = idsWith('tell-pages');
  if (changed.length > 0)
    await context.broadcast({ type: 'downloads/changed', episodeIds: changed });
  if (idsWith('offer-work').length > 0) context.running.nudge('advance');
  if (idsWith('free-bytes').length > 0) await clearDeleted(context);
  for (const episodeId of idsWith('welcome')) await welcome(context, episodeId);
  for (const episodeId of idsWith('regret'))
    await context.broadcast({ type: 'download/failed', episodeId });
  if (idsWith('wake-for-space').length > 0) await wakeForSpace(context);
  if (idsWith('keep-to-rules').length > 0) await retain(context).catch(context.report);
}

async function welcome(context: WorkerContext, episodeId: EpisodeId): Promise<void> {
  await context.broadcast({ type: 'download/finished', episodeId });
  await notifyFinished(context, episodeId).catch(context.report);
  // Beside the step: chapters on a slow host must not hold up the next download.
  context.running
    .join(`companions:${episodeId}`, () => keepCompanionsOf(context, episodeId))
    .catch(context.report);
}

async function keepCompanionsOf(context: WorkerContext, episodeId: EpisodeId): Promise<void> {
  const episode = await getEpisode(await context.database(), episodeId);
  if (episode) await keepCompanions(context, episode);
}
