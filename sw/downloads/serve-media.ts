import { type Attempt, receivedBytes } from '../../core/model/attempt.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { isId } from '../../core/model/ids.ts';
import { getAttempt } from '../../core/storage/attempts.ts';
import { getDownload } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { later } from '../later-script.ts';
import { BytesGoneError, MediaReader } from './media-reader.ts';
import { isComplete } from './plan.ts';
import { readRange } from './range.ts';
import { attemptAddress } from './source.ts';

/**
 * Answers `/media/<episode id>` from stored segments: any range, always to its requested end, under
 * an ETag that stays for the life of the attempt. What is not stored yet comes from the network into
 * the same stream. 404 where nothing is stored: the page then plays the enclosure's own address.
 */
export async function answerMedia(
  request: Request,
  id: string,
  context: WorkerContext,
): Promise<Response> {
  if (!isId<EpisodeId>(id)) return notHere();
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  const playable = await findPlayable(context, id);
  if (!playable) return notHere();
  const { attempt, totalBytes, findSource } = playable;
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'content-type': attempt.contentType,
    'cache-control': 'no-store',
    etag: `"${attempt.id}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  const ifRange = request.headers.get('if-range');
  const sameVersion = ifRange === null || ifRange === headers.get('etag');
  // Only GET has ranges (https://www.rfc-editor.org/rfc/rfc9110#section-14.2).
  const isAsked = sameVersion && request.method === 'GET';
  const range = readRange(isAsked ? request.headers.get('range') : null, totalBytes);
  if (range.status === 416) {
    headers.set('content-range', `bytes */${totalBytes}`);
    return new Response(null, { status: 416, headers });
  }
  const firstByte = range.status === 206 ? range.firstByte : 0;
  const endByte = range.status === 206 ? range.lastByte + 1 : totalBytes;
  headers.set('content-length', String(endByte - firstByte));
  if (range.status === 206) {
    headers.set('content-range', `bytes ${firstByte}-${endByte - 1}/${totalBytes}`);
  }
  if (request.method === 'HEAD') return new Response(null, { headers });

  // Firefox asks again without end when a stream fails after its headers. So the first piece is read
  // before there is an answer, and bytes that are gone are a plain 404.
  const reader = new MediaReader(context, attempt, { firstByte, endByte, findSource });
  const first = await reader.next().catch((error: unknown) => error);
  if (!(first instanceof Uint8Array)) {
    // Only what is gone is marked: a database that fails for a moment has lost nothing.
    if (!findSource && first instanceof BytesGoneError) await later().markEvicted(context, id);
    return notHere();
  }
  return new Response(toStream(reader, first), { status: range.status, headers });
}

interface Playable {
  attempt: Attempt;
  totalBytes: number;
  /** Finds where missing bytes come from; `undefined` when none are missing. */
  findSource: (() => Promise<string | undefined>) | undefined;
}

async function findPlayable(context: WorkerContext, id: EpisodeId): Promise<Playable | undefined> {
  const db = await context.database();
  const download = await getDownload(db, id);
  const committed = download?.state.kind === 'committed';
  const attemptId = committed ? download.committedAttemptId : download?.attemptId;
  const attempt = attemptId && (await getAttempt(db, attemptId));
  if (!attempt || attempt.totalBytes === undefined || receivedBytes(attempt) === 0)
    return undefined;
  const { totalBytes } = attempt;
  if (isComplete(attempt)) return { attempt, totalBytes, findSource: undefined };
  // A whole request cannot be asked for its middle; its stored part alone would end too soon.
  const episode = attempt.shape === 'segmented' ? await getEpisode(db, id) : undefined;
  if (!episode) return undefined;
  return { attempt, totalBytes, findSource: () => attemptAddress(context, attempt, episode) };
}

/** Pulled piece by piece: nothing is read before the player wants it, and nothing after it left. */
function toStream(reader: MediaReader, first: Uint8Array): ReadableStream<Uint8Array> {
  let piece: Uint8Array | undefined = first;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const current = piece ?? (await reader.next());
        piece = undefined;
        if (current) controller.enqueue(current);
        else controller.close();
      },
      cancel: () => reader.cancel(),
    },
    { highWaterMark: 0 },
  );
}

function notHere(): Response {
  return new Response(null, { status: 404 });
}
