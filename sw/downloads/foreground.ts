import type { Attempt } from '../../core/model/attempt.ts';
import { receivedBytes } from '../../core/model/attempt.ts';
import type { Failure } from '../../core/model/failure.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { httpFailure } from '../hosts/http-failure.ts';
import { readRetryAfter } from '../hosts/retry-after.ts';
import { IdleWatch } from './idle-watch.ts';
import { judgeRange } from './judge.ts';
import type { Stop } from './outcome.ts';
import { OVERLAP_BYTES, openRangeHeader, planRanges, type RangeRequest } from './plan.ts';
import { strongEtag } from './range.ts';
import { SNIFF_BYTES } from './sniff.ts';
import { attemptAddress } from './source.ts';
import { type ReceivedPart, type StoreResult, storeSegment } from './store-segment.ts';

/**
 * Fetches range after range until nothing is missing or `stop` says that this step is over. A range
 * is stored while the next one comes: the connection does not idle, and these two are all that is in
 * memory. What has come at the end is committed as a shorter segment, so that a slow link moves,
 * too. Needs the lease.
 */
export async function fetchRanges(
  context: WorkerContext,
  attempt: Attempt,
  stop: AbortSignal,
): Promise<Stop> {
  const episode = await getEpisode(await context.database(), attempt.episodeId);
  const address = episode && (await attemptAddress(context, attempt, episode));
  if (!address) return { kind: 'failed', failure: { code: 'enclosure-unreachable' } };
  let progressed = false;
  let storing: Promise<StoreResult> | undefined;
  /** Waits until nothing is being stored; why the attempt cannot go on, if that is what came of it. */
  const stored = async (): Promise<Stop | undefined> => {
    const result = await storing;
    if (result && result !== 'committed') return stopOf(result);
    progressed ||= result !== undefined;
    return undefined;
  };
  let before = receivedBytes(attempt);
  let last: { endBytes: number; tail: Uint8Array } | undefined;
  for (const request of planRanges(attempt)) {
    if (stop.aborted) return (await stored()) ?? { kind: 'yielded' };
    const part = await fetchPart(context, attempt, address, request, before, stop);
    const broken = await stored();
    if (broken) return broken;
    if ('stop' in part) {
      const { stop: reason } = part;
      return reason.kind === 'failed' ? { ...reason, progressed } : reason;
    }
    const { offsetBytes, overlapBytes, lengthBytes } = request;
    const isWhole = part.bytes.length === overlapBytes + lengthBytes;
    // Fewer bytes are no segment: they cannot be told from text, nor prove what comes after them.
    if (isWhole || part.bytes.length >= overlapBytes + SNIFF_BYTES) {
      const tail = last?.endBytes === offsetBytes ? last.tail : undefined;
      storing = storeSegment(context, attempt, { ...request, ...part, tail });
      // Heard of once the next range is here.
      storing.catch(() => undefined);
    }
    before += lengthBytes;
    last = { endBytes: offsetBytes + lengthBytes, tail: part.bytes.slice(-OVERLAP_BYTES) };
    if (isWhole) continue;
    // A step that ended and has brought nothing worth storing is a failure as well: the next
    // download gets its turn.
    const reason = await stored();
    if (reason) return reason;
    if (stop.aborted && progressed) return { kind: 'yielded' };
    return { kind: 'failed', failure: lost(context), progressed };
  }
  return (await stored()) ?? { kind: 'done' };
}

/**
 * Brings one range, or as much of it as comes before it breaks off or `stop` ends it. `before`: how
 * many bytes of the episode are here without it.
 */
async function fetchPart(
  context: WorkerContext,
  attempt: Attempt,
  address: string,
  request: RangeRequest,
  before: number,
  stop: AbortSignal,
): Promise<Pick<ReceivedPart, 'bytes' | 'etag'> | { stop: Stop }> {
  const idle = new IdleWatch(context);
  const bytes = new Uint8Array(request.overlapBytes + request.lengthBytes);
  let size = 0;
  let etag: string | undefined;
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
      if (size + value.length > bytes.length) {
        await reader?.cancel();
        return { stop: { kind: 'changed' } };
      }
      bytes.set(value, size);
      size += value.length;
      context.progress.report({
        episodeId: attempt.episodeId,
        receivedBytes: before + Math.max(0, size - request.overlapBytes),
        totalBytes: attempt.totalBytes ?? null,
      });
    }
  } catch {
    // Stopped, idle, or the connection broke: what came until then is good, and is kept.
    if (size === 0 && !stop.aborted) return { stop: { kind: 'failed', failure: lost(context) } };
  } finally {
    idle.end();
  }
  return { bytes: bytes.subarray(0, size), etag };
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
