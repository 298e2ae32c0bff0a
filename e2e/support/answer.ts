import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Body, fixed } from './audio-body.ts';
import type { Behaviour, Fault } from './behaviour.ts';
import { readRange } from './byte-range.ts';
import type { RecordedRequest, Resource } from './resource.ts';

const PIECE_BYTES = 64 * 1024;
const THROTTLE_STEP_MS = 25;

const loginPage = fixed(
  '<!doctype html><title>Log in</title><h1>Welcome to the station Wi-Fi</h1>'.padEnd(3000),
  'text/html; charset=utf-8',
);

/** Answers one request as the resource's behaviour says. Never rejects, not for a client that left. */
export async function answer(
  resource: Resource,
  request: IncomingMessage,
  response: ServerResponse,
  record: RecordedRequest,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    record.ended = true;
    gone.abort();
  });
  // A write may meet a connection that is gone, but whose close has not been told yet.
  response.once('error', () => gone.abort());
  const behaviour = resource.behaviour;
  if (behaviour.latencyMs > 0) await delay(behaviour.latencyMs);
  if (gone.signal.aborted) return;

  const base = `http://${request.headers.host}`;
  const body = behaviour.html ? loginPage : resource.body(base);
  const etag = behaviour.html ? undefined : resource.nextEtag(body);
  const plan = planAnswer(request, behaviour, body, etag);
  record.status = plan.status;
  response.statusCode = plan.status;
  response.setHeaders(new Map(Object.entries({ ...plan.headers, ...behaviour.headers })));
  if (plan.part === undefined || request.method === 'HEAD') {
    response.end();
    return;
  }
  response.flushHeaders();
  const { start, end } = plan.part;
  await pump({ resource, response, record, body, start, end, signal: gone.signal });
}

interface Plan {
  status: number;
  headers: Record<string, string>;
  /** The bytes of the body to send; `undefined` for an answer without a body. */
  part: { start: number; end: number } | undefined;
}

function planAnswer(
  request: IncomingMessage,
  behaviour: Behaviour,
  body: Body,
  etag: string | undefined,
): Plan {
  const headers: Record<string, string> = {};
  if (behaviour.cors) headers['access-control-allow-origin'] = '*';
  if (behaviour.cors && behaviour.exposesHeaders) {
    headers['access-control-expose-headers'] = 'content-range, accept-ranges, etag';
  }
  // Audio hosts do not answer preflights, so whoever needs one cannot use them.
  if (request.method === 'OPTIONS') return { status: 405, headers, part: undefined };
  if (behaviour.status !== 200) return { status: behaviour.status, headers, part: undefined };

  if (etag) headers.etag = etag;
  if (etag && request.headers['if-none-match'] === etag) {
    return { status: 304, headers, part: undefined };
  }
  headers['content-type'] = body.contentType;
  const takesRanges = behaviour.ranges && !behaviour.html;
  if (takesRanges) headers['accept-ranges'] = 'bytes';
  const ifRange = request.headers['if-range'];
  const isSameVersion = ifRange === undefined || ifRange === etag;
  const range =
    takesRanges && isSameVersion ? readRange(request.headers.range, body.sizeBytes) : 'whole';
  if (range === 'unsatisfiable') {
    headers['content-range'] = `bytes */${body.sizeBytes}`;
    return { status: 416, headers, part: undefined };
  }
  const part = range === 'whole' ? { start: 0, end: body.sizeBytes } : range;
  if (range !== 'whole') {
    headers['content-range'] = `bytes ${part.start}-${part.end - 1}/${body.sizeBytes}`;
  }
  if (behaviour.contentLength) headers['content-length'] = String(part.end - part.start);
  return { status: range === 'whole' ? 200 : 206, headers, part };
}

interface Pump {
  resource: Resource;
  response: ServerResponse;
  record: RecordedRequest;
  body: Body;
  start: number;
  end: number;
  signal: AbortSignal;
}

/** Sends the body at the pace that the behaviour asks for at that moment, up to the fault if any. */
async function pump({ resource, response, record, body, start, end, signal }: Pump) {
  const fault = resource.takeFault();
  let offset = start;
  let nextAt = performance.now();
  while (!signal.aborted) {
    if (fault && offset - start >= fault.afterBytes && resource.behaviour.fault) {
      if (fault.kind !== 'stall') return breakOff(fault, response);
      await resource.changed(signal);
      continue;
    }
    if (offset >= end) {
      response.end();
      return;
    }
    const { bytesPerSecond } = resource.behaviour;
    const isThrottled = Number.isFinite(bytesPerSecond);
    const stepBytes = Math.max(1, Math.floor((bytesPerSecond * THROTTLE_STEP_MS) / 1000));
    const isBeforeFault = fault && offset - start < fault.afterBytes;
    const untilFault = isBeforeFault ? fault.afterBytes - (offset - start) : PIECE_BYTES;
    const piece = body.read(offset, Math.min(PIECE_BYTES, stepBytes, end - offset, untilFault));
    const isTaken = response.write(piece);
    offset += piece.length;
    record.bytesSent += piece.length;
    record.sentAt = performance.now();
    if (!isTaken) await once(response, 'drain', { signal }).catch(() => undefined);
    if (!isThrottled) continue;
    nextAt = Math.max(nextAt, performance.now() - 1000) + (piece.length / bytesPerSecond) * 1000;
    // In short waits, so that another pace holds from the moment that it is set.
    while (performance.now() < nextAt && resource.behaviour.bytesPerSecond === bytesPerSecond) {
      await delay(Math.min(nextAt - performance.now(), THROTTLE_STEP_MS));
      if (signal.aborted) return;
    }
  }
}

function breakOff(fault: Fault, response: ServerResponse): void {
  if (fault.kind === 'reset') {
    // What was written must leave first: a reset drops what still waits in this process.
    response.write('', () => response.socket?.resetAndDestroy());
  } else if (response.hasHeader('content-length')) {
    response.write('', () => response.socket?.end());
  } else {
    response.end();
  }
}
