import type { Params, Result } from '../../core/contract/requests.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { changeAttempt, getAttempt } from '../../core/storage/attempts.ts';
import { getDownload, transition } from '../../core/storage/downloads.ts';
import type { WorkerContext } from '../context.ts';
import { harvest } from '../downloads/background-harvest.ts';
import type { Call } from './index.ts';

/** The pause is a row before anything stops, so a crash in between is a pause as well. */
export async function pauseDownload(
  { episodeId }: Params<'download/pause'>,
  { context, waitUntil }: Call,
): Promise<Result<'download/pause'>> {
  await transition(await context.database(), episodeId, { type: 'paused' });
  waitUntil(stopWork(context, episodeId));
  return {};
}

/** Keeps what has come, then ends the work. The settle event of an abort takes what is left. */
async function stopWork(context: WorkerContext, episodeId: EpisodeId): Promise<void> {
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
  await context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] });
}
