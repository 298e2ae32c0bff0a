import type { Attempt } from '../../core/model/attempt.ts';
import { copyAt } from '../../core/model/enclosure-copy.ts';
import { changeAttempt } from '../../core/storage/attempts.ts';
import { getDownload } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { httpFailure } from '../hosts/http-failure.ts';
import { readRetryAfter } from '../hosts/retry-after.ts';
import { IdleWatch } from './idle-watch.ts';
import type { Stop } from './outcome.ts';
import { attemptAddress } from './source.ts';
import { storeSegment } from './store-segment.ts';

/*
 * One request for everything: for hosts without ranges, and for those whose bytes change from
 * request to request. It cannot be continued, so it runs past the step that started it.
 */

/** Fetches the whole enclosure in the foreground and stores it as it comes. Holds the lease. */
export async function fetchWhole(
  context: WorkerContext,
  attempt: Attempt,
  stop: AbortSignal,
): Promise<Stop> {
  const episode = await getEpisode(await context.database(), attempt.episodeId);
  const address = episode && (await attemptAddress(context, attempt, episode));
  if (!address) return broken('enclosure-unreachable', undefined);
  const idle = new IdleWatch(context);
  try {
    const signal = AbortSignal.any([stop, idle.signal]);
    const response = await context.fetch(address, { cache: 'no-store', signal });
    return await storeWhole(context, attempt, response, () => idle.beat());
  } catch {
    return stop.aborted
      ? broken('enclosure-unreachable', undefined)
      : broken(context.isOnline() ? 'enclosure-unreachable' : 'offline', undefined);
  } finally {
    idle.end();
  }
}

/**
 * Stores a whole answer, cut into segments on the way. Rejects when the body breaks off; what was
 * stored until then is void.
 */
export async function storeWhole(
  context: WorkerContext,
  attempt: Attempt,
  response: Response,
  onBytes: () => void = () => undefined,
): Promise<Stop> {
  const { status, headers, body } = response;
  if (status !== 200 && status !== 206) {
    const failure = httpFailure('enclosure', status);
    await body?.cancel();
    return { kind: 'failed', failure, retryAfterMs: readRetryAfter(headers, context.now()) };
  }
  if (status === 206 && attempt.totalBytes === undefined) {
    // A part where everything was asked for: however often it ends there, that is not the end.
    await body?.cancel();
    return broken('enclosure-unreachable', undefined);
  }
  let offsetBytes = 0;
  const reader = body?.getReader();
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let pendingBytes = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (value) {
      onBytes();
      chunks.push(value);
      pendingBytes += value.byteLength;
      if (offsetBytes + pendingBytes > (attempt.totalBytes ?? Number.POSITIVE_INFINITY)) {
        // Another file by now, or one without an end: the probe knows better next time.
        await reader?.cancel();
        return broken('enclosure-unreachable', undefined);
      }
      context.progress.report({
        episodeId: attempt.episodeId,
        receivedBytes: offsetBytes + pendingBytes,
        totalBytes: attempt.totalBytes ?? null,
      });
    }
    if (pendingBytes >= attempt.segmentBytes || (done && pendingBytes > 0)) {
      const bytes = joined(chunks, pendingBytes);
      const result = await storeSegment(context, attempt, {
        offsetBytes,
        overlapBytes: 0,
        bytes,
        etag: undefined,
      });
      if (result !== 'committed') {
        await reader?.cancel();
        if (result === 'no-space') return { kind: 'no-space' };
        if (result === 'not-media') {
          return { kind: 'failed', failure: { code: 'enclosure-not-audio' } };
        }
        return { kind: 'yielded' };
      }
      offsetBytes += pendingBytes;
      chunks = [];
      pendingBytes = 0;
    }
    if (done) return proveEnd(context, attempt, offsetBytes);
  }
}

function joined(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/**
 * A body that ends cleanly is not complete without proof: a broken proxy ends cleanly, too. The
 * probe's total is proof; where there is none, the feed's length, or the same end twice.
 */
async function proveEnd(
  context: WorkerContext,
  attempt: Attempt,
  endedAtBytes: number,
): Promise<Stop> {
  if (attempt.totalBytes !== undefined) {
    return attempt.totalBytes === endedAtBytes
      ? { kind: 'done' }
      : broken('enclosure-unreachable', undefined);
  }
  const db = await context.database();
  const episode = await getEpisode(db, attempt.episodeId);
  const download = await getDownload(db, attempt.episodeId);
  const copy = episode && copyAt(episode, attempt.source);
  const proven = copy?.sizeBytes === endedAtBytes || download?.endedAtBytes === endedAtBytes;
  if (!proven) return broken('enclosure-unreachable', endedAtBytes);
  await changeAttempt(db, attempt.id, attempt.epoch, { totalBytes: endedAtBytes });
  return { kind: 'done' };
}

function broken(code: 'enclosure-unreachable' | 'offline', endedAtBytes: number | undefined): Stop {
  return { kind: 'void', failure: { code }, endedAtBytes };
}
