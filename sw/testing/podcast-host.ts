import { noise } from './noise.ts';

/** How a host answers one request, instead of doing it honestly. */
export type Answer = (request: Request, host: PodcastHost) => Response;

export interface SeenRequest {
  url: string;
  range: string | null;
  bytesSent: number;
  /** Whoever asked has let go of the body before its end. */
  cancelled: boolean;
}

/**
 * A podcast's host as a function from request to response: one episode, and whatever a host may do
 * to those who want it. Honest until it is told otherwise.
 */
export class PodcastHost {
  private versions = 0;
  content: Uint8Array<ArrayBuffer>;
  contentType = 'audio/mpeg';
  etag: string | undefined = '"1"';
  answersRanges = true;
  tellsLength = true;
  /** Whether there is a host at all. */
  isThere = true;
  /** Whether pages may read its answers (CORS). */
  allowsReading = true;
  /** Whether pages may read the headers that are not safelisted, ETag and Content-Range. */
  exposesHeaders = false;
  /** How every request is answered that no other answer was given for. */
  usually: Answer = honestly;
  readonly requests: SeenRequest[] = [];
  private readonly script: Answer[] = [];

  constructor(sizeBytes: number) {
    this.content = noise(sizeBytes, 1);
  }

  /** Answers the coming requests so, one each, in this order. */
  next(...answers: Answer[]): void {
    this.script.push(...answers);
  }

  /** Replaces the episode by other bytes, of the same length where no other is given. */
  change({ sizeBytes = this.content.byteLength, etag = this.etag } = {}): void {
    this.versions += 1;
    this.content = noise(sizeBytes, 100 + this.versions);
    this.etag = etag;
  }

  /** Of all answers together. */
  get bytesSent(): number {
    return this.requests.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  }

  /** Answers as a page of another origin gets to see it. */
  answerToPage(request: Request): Response {
    if (!this.isThere) throw new TypeError('Failed to fetch');
    if (request.mode === 'no-cors') return new Response(null);
    if (!this.allowsReading) throw new TypeError('Failed to fetch');
    const response = this.answer(request);
    const hidden = ['etag', 'content-range', 'content-encoding', 'accept-ranges'];
    if (!this.exposesHeaders) for (const name of hidden) response.headers.delete(name);
    return response;
  }

  /** Answers with every header readable, as to a gateway or a Background Fetch. */
  answer(request: Request): Response {
    const { url, headers } = request;
    this.requests.push({ url, range: headers.get('range'), bytesSent: 0, cancelled: false });
    return (this.script.shift() ?? this.usually)(request, this);
  }
}

/** How a body goes on after its bytes. */
type End = 'closes' | 'breaks' | 'stalls';

export const honestly: Answer = (request, host) => answerPart(request, host);

/** The connection breaks after so many bytes of the body. */
export function brokenAfter(bytes: number): Answer {
  return (request, host) => answerPart(request, host, bytes, 'breaks');
}

/** The body ends after so many bytes, as if that were all. */
export function endedAfter(bytes: number): Answer {
  return (request, host) => answerPart(request, host, bytes, 'closes');
}

/** After so many bytes nothing comes any more. */
export function stalledAfter(bytes: number): Answer {
  return (request, host) => answerPart(request, host, bytes, 'stalls');
}

/** 200 and everything, whatever was asked for. */
export const ignoringRange: Answer = (request, host) => {
  const part = { firstByte: 0, endByte: host.content.byteLength };
  return respond(request, host, part, 200);
};

/** Honest, with other headers. `null` leaves one out. */
export function withHeaders(headers: Record<string, string | null>): Answer {
  return (request, host) => {
    const response = answerPart(request, host);
    for (const [name, value] of Object.entries(headers)) {
      if (value === null) response.headers.delete(name);
      else response.headers.set(name, value);
    }
    return response;
  };
}

/** From this request on, the host has other bytes. */
export function changed(change: { sizeBytes?: number; etag?: string } = {}): Answer {
  return (request, host) => {
    host.change(change);
    return answerPart(request, host);
  };
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  const body = [204, 304].includes(code) ? null : 'no';
  return () => new Response(body, { status: code, headers });
}

/** A captive portal, or an error page that is not marked as one. */
export const loginPage: Answer = () => {
  const page = '<!doctype html><title>Log in</title>'.padEnd(3000);
  return new Response(page, { headers: { 'content-type': 'text/html', 'content-length': '3000' } });
};

export const unreachable: Answer = () => {
  throw new TypeError('Failed to fetch');
};

function answerPart(
  request: Request,
  host: PodcastHost,
  afterBytes = Number.POSITIVE_INFINITY,
  end: End = 'closes',
): Response {
  const size = host.content.byteLength;
  const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
  if (!match || !host.answersRanges) {
    return respond(request, host, { firstByte: 0, endByte: size }, 200, afterBytes, end);
  }
  const firstByte = Number(match[1]);
  if (firstByte >= size) {
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });
  }
  const endByte = match[2] ? Math.min(Number(match[2]) + 1, size) : size;
  return respond(request, host, { firstByte, endByte }, 206, afterBytes, end);
}

function respond(
  { signal }: Request,
  host: PodcastHost,
  { firstByte, endByte }: { firstByte: number; endByte: number },
  code: 200 | 206,
  afterBytes = Number.POSITIVE_INFINITY,
  end: End = 'closes',
): Response {
  const headers = new Headers({ 'content-type': host.contentType, 'accept-ranges': 'bytes' });
  if (host.tellsLength) headers.set('content-length', String(endByte - firstByte));
  if (host.etag) headers.set('etag', host.etag);
  const total = host.content.byteLength;
  if (code === 206) headers.set('content-range', `bytes ${firstByte}-${endByte - 1}/${total}`);
  const bytes = host.content.subarray(firstByte, Math.min(endByte, firstByte + afterBytes));
  const seen = host.requests.at(-1);
  if (!seen) throw new Error('an answer without a request');
  return new Response(toStream(bytes, end, signal, seen), { status: code, headers });
}

const CHUNK_BYTES = 64 * 1024;

function toStream(
  bytes: Uint8Array<ArrayBuffer>,
  end: End,
  signal: AbortSignal,
  seen: SeenRequest,
) {
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        const letGo = () => {
          seen.cancelled = true;
          controller.error(signal.reason);
        };
        if (signal.aborted) letGo();
        else signal.addEventListener('abort', letGo);
      },
      pull(controller) {
        const chunk = bytes.slice(seen.bytesSent, seen.bytesSent + CHUNK_BYTES);
        seen.bytesSent += chunk.byteLength;
        if (chunk.byteLength > 0) return controller.enqueue(chunk);
        if (end === 'closes') return controller.close();
        if (end === 'breaks') return controller.error(new TypeError('network error'));
        return new Promise(() => undefined);
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
}
