import type { Attempt, JournalEntry } from '../../core/model/attempt.ts';
import { getSegment } from '../../core/storage/segments.ts';
import type { WorkerContext } from '../context.ts';
import { hex } from './store-segment.ts';

/**
 * The bytes behind a journal entry; `undefined` where they are gone, or are not what was written.
 * The journal's digest decides, so no bytes that come from here were changed since.
 */
export async function readSegment(
  context: WorkerContext,
  { id }: Attempt,
  { offsetBytes, lengthBytes, sha256 }: JournalEntry,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const segment = await getSegment(await context.database(), id, offsetBytes);
  if (segment?.blob.size !== lengthBytes) return undefined;
  // A record may be there, and the file behind it not (https://w3c.github.io/FileAPI/#NotReadableError).
  const buffer = await segment.blob.arrayBuffer().catch(() => undefined);
  if (!buffer) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', buffer);
  return hex(new Uint8Array(digest)) === sha256 ? new Uint8Array(buffer) : undefined;
}
