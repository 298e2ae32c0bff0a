import type { Attempt, JournalEntry } from '../../core/model/attempt.ts';
import { getSegment } from '../../core/storage/segments.ts';
import type { WorkerContext } from '../context.ts';
import { judgeRange } from './judge.ts';
import { OVERLAP_BYTES, openRangeHeader } from './plan.ts';
import { equalBytes, storedTail } from './store-segment.ts';

/** Small, so that playing begins soon. */
const FIRST_PIECE_BYTES = 256 * 1024;
const PIECE_BYTES = 1024 * 1024;

export interface ReadSpan {
  firstByte: number;
  /** Exclusive. */
  endByte: number;
  /**
   * Finds where bytes come from that are not stored. Asked only when some are missing: a seek into
   * what is stored must not wait for a network. Without it, missing bytes are an error.
   */
  findSource: (() => Promise<string | undefined>) | undefined;
}

/** Bytes that were stored are not there any more: the browser has removed them. */
export class BytesGoneError extends Error {
  override readonly name = 'BytesGoneError';
}

/**
 * Reads one span of an attempt piece by piece, from segments and, for the gaps between them, from
 * the network. One segment record is held at a time, and a record is a handle, not its bytes.
 */
export class MediaReader {
  private position: number;
  private pieceBytes = FIRST_PIECE_BYTES;
  private segment: { entry: JournalEntry; blob: Blob } | undefined;
  private network:
    | { reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>; endByte: number }
    | undefined;
  /** What came of the network together with the proof of its version. */
  private readAhead: Uint8Array = new Uint8Array();
  private readonly stop = new AbortController();
  private readonly context: WorkerContext;
  private readonly attempt: Attempt;
  private readonly span: ReadSpan;

  constructor(context: WorkerContext, attempt: Attempt, span: ReadSpan) {
    this.context = context;
    this.attempt = attempt;
    this.span = span;
    this.position = span.firstByte;
  }

  /** The next bytes; `undefined` at the end. Rejects when bytes are missing and nowhere to be had. */
  async next(): Promise<Uint8Array | undefined> {
    if (this.position >= this.span.endByte) return undefined;
    const piece = this.network ? await this.readNetwork() : await this.readStored();
    this.position += piece.byteLength;
    return piece;
  }

  /** Nobody reads any more: the network is let go at once. */
  cancel(): void {
    this.stop.abort();
  }

  private async readStored(): Promise<Uint8Array> {
    const entry = this.attempt.journal.find(
      ({ offsetBytes, lengthBytes }) =>
        offsetBytes <= this.position && this.position < offsetBytes + lengthBytes,
    );
    if (!entry) {
      await this.openNetwork();
      return this.readNetwork();
    }
    if (this.segment?.entry !== entry) {
      const db = await this.context.database();
      const stored = await getSegment(db, this.attempt.id, entry.offsetBytes);
      if (stored?.blob.size !== entry.lengthBytes) {
        throw new BytesGoneError(`the segment at ${entry.offsetBytes} is gone`);
      }
      this.segment = { entry, blob: stored.blob };
    }
    const from = this.position - entry.offsetBytes;
    const wanted = Math.min(this.pieceBytes, this.span.endByte - this.position);
    this.pieceBytes = PIECE_BYTES;
    const slice = this.segment.blob.slice(from, from + wanted);
    return new Uint8Array(await slice.arrayBuffer());
  }

  /**
   * Asks for everything up to the next stored segment, with an overlap that proves the version. An
   * answer that begins in a gap can prove nothing: then all of it comes from the network, so that
   * two versions are never joined.
   */
  private async openNetwork(): Promise<void> {
    const { findSource, firstByte, endByte } = this.span;
    if (!findSource) throw new BytesGoneError(`nothing is stored at ${this.position}`);
    const address = await findSource();
    const overlapBytes = Math.min(OVERLAP_BYTES, this.position);
    const tail = await storedTail(this.context, this.attempt, this.position, overlapBytes);
    if (!address || (!tail && this.position !== firstByte)) {
      throw new Error('there is no way to the host, or no proof of its version');
    }
    const nextStored = this.attempt.journal.find(({ offsetBytes }) => offsetBytes > this.position);
    const gapEnd = nextStored?.offsetBytes ?? this.attempt.totalBytes ?? endByte;
    // With nothing to prove the version by, the end of the file is asked for: its length is a proof.
    const end = tail ? gapEnd : (this.attempt.totalBytes ?? Math.max(gapEnd, endByte));
    const request = {
      offsetBytes: this.position,
      lengthBytes: end - this.position,
      overlapBytes: tail?.length ?? 0,
    };
    const response = await this.context.fetch(address, {
      headers: { range: openRangeHeader(this.attempt, request) },
      cache: 'no-store',
      signal: this.stop.signal,
    });
    const reader = response.body?.getReader();
    // Every answer shows its length (https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name):
    // where the end of the file was asked for, another one tells of a file that is longer by now.
    const length = response.headers.get('content-length');
    const isAsLong =
      length === null || Number(length) === request.lengthBytes + request.overlapBytes;
    const good = isAsLong && judgeRange(response, this.attempt, request) === 'good';
    if (!reader || !good || !(await this.repeats(tail, reader))) {
      this.stop.abort();
      throw new Error('the host has another version now');
    }
    this.network = { reader, endByte: Math.min(this.position + request.lengthBytes, endByte) };
  }

  /** Whether an answer begins with the bytes that are stored in front of it. */
  private async repeats(
    tail: Uint8Array | undefined,
    reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  ): Promise<boolean> {
    if (!tail) return true;
    let received = new Uint8Array();
    while (received.length < tail.length) {
      const { done, value } = await reader.read();
      if (done) return false;
      received = new Uint8Array(await new Blob([received, value]).arrayBuffer());
    }
    this.readAhead = received.subarray(tail.length);
    return equalBytes(tail, received.subarray(0, tail.length));
  }

  /** Pumped by hand: a network answer passed through as media is fatal in Firefox when we die. */
  private async readNetwork(): Promise<Uint8Array> {
    if (!this.network) throw new Error('no network answer is open');
    const { reader, endByte } = this.network;
    const value = this.readAhead.length > 0 ? this.readAhead : (await reader.read()).value;
    this.readAhead = new Uint8Array();
    if (!value) throw new Error('the network answer ended early');
    const piece = value.subarray(0, endByte - this.position);
    if (this.position + piece.byteLength >= endByte) {
      this.network = undefined;
      await reader.cancel();
    }
    return piece;
  }
}
