import type { Attempt } from '../../core/model/download.ts';
import { receivedBytes } from '../../core/model/download.ts';
import type { Failure } from '../../core/model/failure.ts';
import { getAttempt } from '../../core/storage/attempts.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { httpFailure } from '../hosts/http-failure.ts';
import { readRetryAfter } from '../hosts/retry-after.ts';
import { IdleWatch } from './idle-watch.ts';
import { judgeRange } from './judge.ts';
import type { Stop } from './outcome.ts';
import { openRangeHeader, planRanges, type RangeRequest } from './plan.ts';
import { strongEtag } from './range.ts';
import { SNIFF_BYTES } from './sniff.ts';
import { attemptAddress } from './source.ts';
import { type StoreResult, storeSegment } from './store-segment.ts';

/**
 * Fetches range after range until nothing is missing or `stop` says that this step is over. What
 * has come by then is committed as a shorter segment, so that a slow link moves, too. Needs the
 * lease.
 */
export async function fetchRanges(
  context: WorkerContext,
  attempt: Attempt,
  stop: AbortSignal,
): Promise<Stop> {
  const db = await context.database();
  const episode = await getEpisode(db, attempt.episodeId);
  const address = episode && (await attemptAddress(context, attempt, episode));
  if (!address) return { kind: 'failed', failure: { code: 'enclosure-unreachable' } };
  let progressed = false;
  for (;;) {
    const current = await getAttempt(db, attempt.id);
    if (current?.epoch !== attempt.epoch || stop.aborted) return { kind: 'yielded' };
    const [request] = planRanges(current);
    if (!request) return { kind: 'done' };

    const part = await fetchPart(context, current, address, request, stop);
    if ('stop' in part) {
      const { stop: reason } = part;
      return reason.kind === 'failed' ? { ...reason, progressed } : reason;
    }
    const { offsetBytes, overlapBytes, lengthBytes } = request;
    const { blob, etag } = part;
    const whole = blob.size === overlapBytes + lengthBytes;
    // Fewer bytes are no segment: they cannot be told from text, nor prove what comes after them.
    if (whole || blob.size >= overlapBytes + SNIFF_BYTES) {
      const received = { offsetBytes, overlapBytes, blob, etag };
      const result = await storeSegment(context, current, received);
      if (result !== 'committed') return stopOf(result);
      progressed = true;
    }
    // A step that ended and has brought nothing worth storing is a failure as well: the next
    // download gets its turn.
    if (!whole && (!stop.aborted || !progressed))
      return { kind: 'failed', failure: lost(context), progressed };
  }
}

/** Brings one range, or as much of it as comes before it breaks off or `stop` ends it. */
async function fetchPart(
  context: WorkerContext,
  attempt: Attempt,
  address: string,
  request: RangeRequest,
  stop: AbortSignal,
): Promise<{ blob: Blob; etag: string | undefined } | { stop: Stop }> {
  const idle = new IdleWatch(context);
  const limitBytes = request.overlapBytes + request.lengthBytes;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let etag: string | undefined;
  const before = receivedBytes(attempt) - request.overlapBytes;
  try {
    const response = await context.fetch(address, {
      headers: { range: openRangeHeader(attempt, request) },
      cache: 'no-store',
      signal: AbortSignal.any([stop, idle.signal]),
    });
    const judgement = judgeRange(response, attempt, request);
    if (judgement !== 'good') {
      await response.body?.cancel();
      if (judgement === 'changed') return { stop: { kind: 'changed' } };
      const retryAfterMs = readRetryAfter(response.headers, context.now());
      return { stop: { kind: 'failed', failure: failureOf(response), retryAfterMs } };
    }
    etag = strongEtag(response.headers);
    const reader = response.body?.getReader();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      idle.beat();
      chunks.push(value);
      size += value.byteLength;
      if (size > limitBytes) {
        await reader?.cancel();
        return { stop: { kind: 'changed' } };
      }
      context.progress.report({
        episodeId: attempt.episodeId,
        receivedBytes: Math.max(0, before + size),
        totalBytes: attempt.totalBytes ?? null,
      });
    }
  } catch {
    // Stopped, idle, or the connection broke: what came until then is good, and is kept.
    if (size === 0 && !stop.aborted) return { stop: { kind: 'failed', failure: lost(context) } };
  } finally {
    idle.end();
  }
  return { blob: new Blob(chunks), etag };
}

/** What a part that could not be committed means for the attempt. */
export function stopOf(result: Exclude<StoreResult, 'committed'>): Stop {
  switch (result) {
    case 'fenced':
      return { kind: 'yielded' };
    case 'no-space':
      return { kind: 'no-space' };
    case 'not-media':
      return { kind: 'failed', failure: { code: 'enclosure-not-audio' } };
    case 'changed':
    case 'unproven':
      return { kind: 'changed' };
  }
}

function lost(context: WorkerContext): Failure {
  return { code: context.isOnline() ? 'enclosure-unreachable' : 'offline' };
}

/** A good status that was no good is that of a page which stepped in between. */
export function failureOf({ status }: Pick<Response, 'status'>): Failure {
  return status === 200 ? { code: 'enclosure-not-audio' } : httpFailure('enclosure', status);
}
