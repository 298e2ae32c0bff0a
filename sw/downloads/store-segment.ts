import type { Attempt } from '../../core/model/attempt.ts';
import { commitSegment, getAttempt } from '../../core/storage/attempts.ts';
import { getSegment } from '../../core/storage/segments.ts';
import type { WorkerContext } from '../context.ts';
import { holdTakeOverBack } from '../take-over.ts';
import { canBeMedia, SNIFF_BYTES } from './sniff.ts';

export interface ReceivedPart {
  /** Where the part begins, without its overlap. */
  offsetBytes: number;
  /** How many of the first bytes repeat what is stored in front of the part. */
  overlapBytes: number;
  /** Overlap and part together. */
  bytes: Uint8Array<ArrayBuffer>;
  etag: string | undefined;
  /** The stored bytes in front of the part, where whoever brings it has just had them stored. */
  tail?: Uint8Array | undefined;
}

export type StoreResult =
  | 'committed'
  /** Somebody else holds the attempt now: stop. */
  | 'fenced'
  /** These bytes are of another version: the attempt is void. */
  | 'changed'
  /** Neither ETag nor overlap says that the version is the same: not now. */
  | 'unproven'
  | 'not-media'
  | 'no-space';

/**
 * Checks one part and commits it: bytes are digested first, because a transaction does not
 * survive waiting for anything else; then bytes and journal entry go in together.
 */
export async function storeSegment(
  context: WorkerContext,
  attempt: Attempt,
  { offsetBytes, overlapBytes, bytes: received, etag, tail: known }: ReceivedPart,
): Promise<StoreResult> {
  const db = await context.database();
  const isFirst = attempt.journal.length === 0;
  const isNamed = etag !== undefined && (isFirst || etag === attempt.validator);
  if (overlapBytes > 0) {
    const tail = known ?? (await storedTail(context, attempt, offsetBytes, overlapBytes));
    if (!tail && !isNamed) return 'unproven';
    if (tail && !equalBytes(tail, received.subarray(0, overlapBytes))) return 'changed';
  } else if (attempt.shape === 'segmented' && !isFirst && !isNamed) {
    // The beginning, which can repeat nothing, where the rest is here already.
    return 'changed';
  }
  const bytes = received.subarray(overlapBytes);
  if (offsetBytes === 0 && !canBeMedia(attempt.contentType, bytes.subarray(0, SNIFF_BYTES))) {
    return 'not-media';
  }
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  try {
    const outcome = await holdTakeOverBack(context, 'commit', () =>
      commitSegment(db, {
        attemptId: attempt.id,
        epoch: attempt.epoch,
        entry: { offsetBytes, lengthBytes: bytes.byteLength, sha256: hex(new Uint8Array(digest)) },
        blob: new Blob([bytes]),
        validator: etag,
      }),
    );
    if (outcome === 'foreign') return 'changed';
    return outcome === 'fenced' ? 'fenced' : 'committed';
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') return 'no-space';
    throw error;
  }
}

/** The stored bytes right in front of `endBytes`, `undefined` while they are not all there. */
export async function storedTail(
  context: WorkerContext,
  attempt: Attempt,
  endBytes: number,
  lengthBytes: number,
): Promise<Uint8Array | undefined> {
  const db = await context.database();
  const current = await getAttempt(db, attempt.id);
  const before = current?.journal.find(
    (entry) => entry.offsetBytes + entry.lengthBytes === endBytes,
  );
  if (!before || before.lengthBytes < lengthBytes) return undefined;
  const segment = await getSegment(db, attempt.id, before.offsetBytes);
  return segment && readBytes(segment.blob.slice(before.lengthBytes - lengthBytes));
}

async function readBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
