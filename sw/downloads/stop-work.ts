import type { EpisodeId } from '../../core/model/ids.ts';
import { changeAttempt, getAttempt } from '../../core/storage/attempts.ts';
import { getDownload } from '../../core/storage/downloads.ts';
import type { WorkerContext } from '../context.ts';
import { harvest } from './background-harvest.ts';

/**
 * Ends the work on a download whose row says already that it stands still. What has come is kept;
 * the settle event of an abort takes what is left.
 */
export async function stopWork(context: WorkerContext, episodeId: EpisodeId): Promise<void> {
  const db = await context.database();
  const attemptId = (await getDownload(db, episodeId))?.attemptId;
  const attempt = attemptId && (await getAttempt(db, attemptId));
  if (attempt) {
    await context.running.stop(`attempt:${attempt.id}`);
    const { lease } = attempt;
    if (lease?.engine === 'background-fetch') {
      const registration = await context.registration.backgroundFetch?.get(lease.owner);
      if (registration) await harvest(context, attempt, registration, AbortSignal.abort());
      await changeAttempt(db, attempt.id, attempt.epoch, { lease: undefined });
      await registration?.abort();
    }
  }
  context.progress.clear(episodeId);
}
