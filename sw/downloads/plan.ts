import type { Attempt, JournalEntry } from '../../core/model/attempt.ts';

const MIN_SEGMENT_BYTES = 256 * 1024;
const MAX_SEGMENT_BYTES = 4 * 1024 * 1024;
/** How far a range reaches back into what is stored. */
export const OVERLAP_BYTES = 1024;

/** A part of an enclosure to ask for: bytes `offset - overlap` to `offset + length - 1`. */
export interface RangeRequest {
  offsetBytes: number;
  lengthBytes: number;
  /**
   * These must equal what is stored in front of the part: proof of the same version. Asked for
   * always: whether an answer will show its ETag is known only when it is here.
   */
  overlapBytes: number;
}

/**
 * A sixteenth of the whole within 256 KiB and 4 MiB: small enough that a loss costs little, large
 * enough that a long episode is not thousands of requests.
 */
export function segmentBytesFor(totalBytes: number | undefined): number {
  const ideal = Math.ceil((totalBytes ?? Number.POSITIVE_INFINITY) / 16);
  return Math.min(Math.max(ideal, MIN_SEGMENT_BYTES), MAX_SEGMENT_BYTES);
}

/** What the journal does not have yet, ascending. Empty while the total is not known. */
export function missingSpans(
  journal: readonly JournalEntry[],
  totalBytes: number | undefined,
): { startBytes: number; endBytes: number }[] {
  const spans: { startBytes: number; endBytes: number }[] = [];
  let position = 0;
  for (const { offsetBytes, lengthBytes } of journal) {
    if (offsetBytes > position) spans.push({ startBytes: position, endBytes: offsetBytes });
    position = Math.max(position, offsetBytes + lengthBytes);
  }
  if (totalBytes !== undefined && position < totalBytes) {
    spans.push({ startBytes: position, endBytes: totalBytes });
  }
  return spans;
}

/** Whether every byte from the first to the last is journaled, and nothing beyond. */
export function isComplete({ journal, totalBytes }: Attempt): boolean {
  if (totalBytes === undefined || missingSpans(journal, totalBytes).length > 0) return false;
  return journal.reduce((sum, entry) => sum + entry.lengthBytes, 0) === totalBytes;
}

/** The ranges that a segmented attempt still needs, in file order. */
export function planRanges(attempt: Attempt): RangeRequest[] {
  const { journal, totalBytes, segmentBytes } = attempt;
  return missingSpans(journal, totalBytes).flatMap(({ startBytes, endBytes }) => {
    const requests: RangeRequest[] = [];
    for (let offsetBytes = startBytes; offsetBytes < endBytes; offsetBytes += segmentBytes) {
      requests.push({
        offsetBytes,
        lengthBytes: Math.min(segmentBytes, endBytes - offsetBytes),
        overlapBytes: Math.min(OVERLAP_BYTES, offsetBytes),
      });
    }
    return requests;
  });
}

/** The value of a `Range` header (RFC 9110 section 14.2). */
export function rangeHeader({ offsetBytes, lengthBytes, overlapBytes }: RangeRequest): string {
  return `bytes=${offsetBytes - overlapBytes}-${offsetBytes + lengthBytes - 1}`;
}

/**
 * The same, but the range that ends the file is asked for without an end. What comes beyond it says
 * that the file has grown, where no header may be read that would.
 */
export function openRangeHeader({ totalBytes }: Attempt, request: RangeRequest): string {
  const { offsetBytes, lengthBytes, overlapBytes } = request;
  if (offsetBytes + lengthBytes !== totalBytes) return rangeHeader(request);
  return `bytes=${offsetBytes - overlapBytes}-`;
}

/**
 * Puts a list into the order that makes Chromium work it off from first to last: it takes the
 * requests of a Background Fetch by the array index as text (0, 1, 10, 11, 2).
 */
export function inBackgroundFetchOrder<T>(items: readonly T[]): T[] {
  const indexes = [...items.keys()].sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const result: T[] = [];
  indexes.forEach((index, turn) => {
    const item = items[turn];
    if (item !== undefined) result[index] = item;
  });
  return result;
}

/*
 * Each request of a Background Fetch carries its range in the fragment as well. The fragment keeps
 * records of one address apart (they would all match the first one), and tells which part a record
 * is after everything else has been forgotten.
 */

export function withRangeFragment(url: string, request: RangeRequest | 'whole'): string {
  const part =
    request === 'whole'
      ? 'whole'
      : `${request.offsetBytes}-${request.lengthBytes}-${request.overlapBytes}`;
  return `${url.split('#', 1)[0]}#${part}`;
}

export function readRangeFragment(url: string): RangeRequest | 'whole' | undefined {
  const fragment = new URL(url).hash.slice(1);
  if (fragment === 'whole') return 'whole';
  const match = /^(\d+)-(\d+)-(\d+)$/.exec(fragment);
  if (!match) return undefined;
  const [offsetBytes = 0, lengthBytes = 0, overlapBytes = 0] = match.slice(1).map(Number);
  return { offsetBytes, lengthBytes, overlapBytes };
}
