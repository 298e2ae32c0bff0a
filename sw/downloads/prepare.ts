import type { Attempt } from '../../core/model/attempt.ts';
import type { Download } from '../../core/model/download.ts';
import { copyAt } from '../../core/model/enclosure-copy.ts';
import type { AttemptId } from '../../core/model/ids.ts';
import { getAttempt } from '../../core/storage/attempts.ts';
import { beginAttempt } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { dropAttempt } from './clean-up.ts';
import { isOutOfSpace } from './out-of-space.ts';
import { noteFailure, RESTARTS_BEFORE_WHOLE } from './outcome.ts';
import { isComplete, segmentBytesFor } from './plan.ts';
import { type ProbeResult, probe } from './probe.ts';

/**
 * The attempt of a download that waits: the one it has, or a new one after a probe. A whole request
 * that broke off cannot be continued and is replaced. `undefined` when there is no attempt to be had
 * now; the row then says why, also where something broke that should not: one download never holds
 * up the others.
 */
export async function prepareAttempt(
  context: WorkerContext,
  download: Download,
): Promise<Attempt | undefined> {
  try {
    return await findAttempt(context, download);
  } catch (error) {
    if (isOutOfSpace(error)) throw error;
    context.report(error);
    await noteFailure(context, download, { code: 'unexpected', detail: String(error) });
    return undefined;
  }
}

async function findAttempt(
  context: WorkerContext,
  download: Download,
): Promise<Attempt | undefined> {
  const db = await context.database();
  const { episodeId, attemptId, restarts, source } = download;
  const existing = attemptId && (await getAttempt(db, attemptId));
  const begun = existing && existing.shape === 'whole' && existing.journal.length > 0;
  // Still being stored, by a step before this one.
  const running = existing && context.running.has(`attempt:${existing.id}`);
  // Another copy may have been chosen since: its bytes are others.
  const isChosen = existing?.source === source;
  if (existing && isChosen && (!begun || running || isComplete(existing))) return existing;

  const episode = await getEpisode(db, episodeId);
  const copy = episode && copyAt(episode, source);
  const result: ProbeResult = copy
    ? await probe(context, episode, copy.url)
    : { ok: false, failure: { code: 'enclosure-missing' } };
  if (!result.ok) {
    await noteFailure(context, download, result.failure, result);
    return undefined;
  }
  const { finding } = result;
  const attempt: Attempt = {
    ...finding,
    id: context.randomId() as AttemptId,
    episodeId,
    epoch: 0,
    lease: undefined,
    shape: restarts >= RESTARTS_BEFORE_WHOLE ? 'whole' : finding.shape,
    engine: context.registration.backgroundFetch ? 'background-fetch' : 'foreground',
    segmentBytes: segmentBytesFor(finding.totalBytes),
    journal: [],
    source,
    integrity: copy?.integrity,
  };
  if (!(await beginAttempt(db, attempt, attemptId))) return undefined;
  if (existing) await dropAttempt(context, existing.id);
  return attempt;
}
