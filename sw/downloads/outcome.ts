import { type Attempt, receivedBytes } from '../../core/model/attempt.ts';
import type { Download, Shortage } from '../../core/model/download.ts';
import type { Failure } from '../../core/model/failure.ts';
import { afterFailure, type Circumstances } from '../../core/model/retry-policy.ts';
import { NO_TRIES } from '../../core/model/waiting.ts';
import { changeAttempt, forgetMissingBytes, getAttempt } from '../../core/storage/attempts.ts';
import { commitDownload, getDownload, transition } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { carryOut, change } from './carry-out.ts';
import { dropAttempt } from './clean-up.ts';
import { isOutOfSpace } from './out-of-space.ts';
import { isComplete } from './plan.ts';
import { withReserve } from './reserve.ts';
import { hasMoved } from './source.ts';
import type { Verdict } from './verify.ts';
import { verifyIntegrity } from './verify.ts';

/** After this many changes of the host's bytes, segments give way to one whole request. */
export const RESTARTS_BEFORE_WHOLE = 2;
/** A check that takes longer goes on in the next step. */
const VERIFY_MS = 20_000;

/*
 * How a piece of work on an attempt can end. Each of these writes the row first and tells the pages
 * afterwards; a worker that dies between two writes is picked up by the next step.
 */

/** What stopped the work on an attempt. */
export type Stop =
  | { kind: 'done' }
  /** Nothing is wrong: the time of this step is over, or somebody else took over. */
  | { kind: 'yielded' }
  | { kind: 'changed' }
  | { kind: 'no-space' }
  /** Whether it is tried again, and when, is for the policy to say (`retry-policy.ts`). */
  | ({ kind: 'failed'; failure: Failure } & Mitigation)
  /** A whole answer broke off: its bytes cannot be continued, the next try begins anew. */
  | { kind: 'void'; failure: Failure; endedAtBytes: number | undefined };

export interface Mitigation {
  /** What the host asked for with `Retry-After`. */
  retryAfterMs?: number | undefined;
}

/** What a bug, or a store that fails, means for the attempt at hand: it waits, and ends in a reason. */
export function unexpectedStop(context: WorkerContext, error: unknown): Stop {
  if (isOutOfSpace(error)) return { kind: 'no-space' };
  context.report(error);
  const failure = { code: 'unexpected', detail: String(error) } as const;
  return { kind: 'failed', failure };
}

/**
 * Gives the lease back and moves the download on, by what stopped the work. Also where no row fits any
 * more: what is shown must be true then, too.
 */
export function settleWork(context: WorkerContext, attempt: Attempt, stop: Stop): Promise<void> {
  return withReserve(context, () => settle(context, attempt, stop));
}

async function settle(
  context: WorkerContext,
  { id, epoch, episodeId, lease }: Attempt,
  stop: Stop,
): Promise<void> {
  const db = await context.database();
  context.progress.clear(episodeId);
  await changeAttempt(db, id, epoch, { lease: undefined });
  const attempt = await getAttempt(db, id);
  const download = await getDownload(db, episodeId);
  // Deleted, restarted or taken over meanwhile: not ours to decide any more.
  if (attempt?.epoch !== epoch || download?.attemptId !== id) return;

  if (isComplete(attempt)) return finish(context, attempt);
  switch (stop.kind) {
    case 'done':
    case 'yielded':
      return;
    case 'changed':
      return restart(context, download, download.restarts + 1);
    case 'no-space':
      return noteFailure(context, download, { code: 'no-space', neededBytes: undefined });
    case 'failed': {
      const begun = attempt.journal.length > 0;
      // However it failed there, the address that the feed names by now is still to be tried.
      const moved = hasMoved(attempt, await getEpisode(db, episodeId));
      const failure: Failure = moved ? { code: 'enclosure-unreachable' } : stop.failure;
      // By what is stored, whoever stored it: of what the browser has fetched, nothing may be of use.
      const progressed = receivedBytes(attempt) > (lease?.hadBytes ?? Number.POSITIVE_INFINITY);
      return noteFailure(context, download, failure, { ...stop, begun, progressed });
    }
    case 'void': {
      const { failure, endedAtBytes } = stop;
      const gone = { attemptId: undefined, endedAtBytes };
      await noteFailure(context, download, failure, { fromTheStart: true }, gone);
      return dropAttempt(context, id);
    }
  }
}

/** Every byte is here: hold it against the feed's digest, where there is one, then flip the pointer. */
export async function finish(
  context: WorkerContext,
  attempt: Attempt,
  until = context.timeout(VERIFY_MS),
): Promise<void> {
  const { id, episodeId, epoch } = attempt;
  const db = await context.database();
  const stored = await transition(db, episodeId, { type: 'stored' });
  const verdict = attempt.integrity ? await verify(context, attempt, until) : 'right';
  if (verdict === 'wrong') return refuse(context, attempt);
  if (verdict === 'damaged')
    return change(context, episodeId, { type: 'interrupted', reason: 'retry' });
  const isRight = verdict === 'right';
  const committed = isRight && (await commitDownload(db, episodeId, id, epoch, context.now()));
  // Bytes may have gone that the journal names: then the next step finds them missing.
  if (isRight && !committed) await forgetMissingBytes(db, id);
  await carryOut(context, [committed || stored]);
}

function verify(context: WorkerContext, attempt: Attempt, until: AbortSignal): Promise<Verdict> {
  return context.running.join(`verify:${attempt.id}`, (stop) =>
    verifyIntegrity(context, attempt, AbortSignal.any([stop, until])),
  );
}

/**
 * Not what the feed promises: spliced of two versions, or another file. One whole request cannot be
 * spliced, so that is tried once; who sends the wrong bytes then, means them.
 */
async function refuse(context: WorkerContext, { id, episodeId, epoch }: Attempt): Promise<void> {
  const db = await context.database();
  const attempt = await getAttempt(db, id);
  const download = await getDownload(db, episodeId);
  if (attempt?.epoch !== epoch || download?.attemptId !== id) return;
  const failure = { code: 'enclosure-integrity' } as const;
  const isLast = download.restarts >= RESTARTS_BEFORE_WHOLE;
  await restart(context, download, RESTARTS_BEFORE_WHOLE, isLast ? failure : undefined);
}

/** The host's bytes changed: what is stored belongs to a version that is gone. */
async function restart(
  context: WorkerContext,
  { episodeId, attemptId }: Download,
  restarts: number,
  failure: Failure | undefined = restarts > 3 ? { code: 'enclosure-changed' } : undefined,
): Promise<void> {
  const event = failure ? ({ type: 'failed', failure } as const) : ({ type: 'restarted' } as const);
  await change(context, episodeId, event, { attemptId: undefined, restarts });
  if (attemptId) await dropAttempt(context, attemptId);
}

/** What a flow knows of a failure that the worker's context does not. */
type Facts = Pick<Circumstances, 'begun' | 'progressed' | 'fromTheStart' | 'retryAfterMs'>;

/** Ends the download, or lets it wait, as the policy has it. Tells the pages. */
export async function noteFailure(
  context: WorkerContext,
  download: Download,
  failure: Failure,
  { begun = false, progressed = false, fromTheStart = false, retryAfterMs }: Partial<Facts> = {},
  alongside: Partial<Pick<Download, 'attemptId' | 'endedAtBytes'>> = {},
): Promise<void> {
  const { episodeId } = download;
  const shortage = shortageOf(failure);
  const consequence = afterFailure(failure, download, {
    now: context.now(),
    random: context.random(),
    isOnline: context.isOnline(),
    begun,
    progressed,
    fromTheStart,
    retryAfterMs,
  });
  if (consequence.kind === 'end') {
    await change(context, episodeId, { type: 'failed', failure }, { ...alongside, ...NO_TRIES });
  } else {
    const { reason, tries } = consequence;
    const row = { ...alongside, ...tries, shortage };
    await change(context, episodeId, { type: 'interrupted', reason }, row);
  }
}

function shortageOf(failure: Failure): Shortage | undefined {
  if (failure.code !== 'no-space') return undefined;
  const { neededBytes, freeBytes } = failure;
  return neededBytes === undefined || freeBytes === undefined
    ? undefined
    : { neededBytes, freeBytes };
}
