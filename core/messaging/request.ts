import { type Envelope, envelope } from '../contract/envelope.ts';
import { isForeign, isReply } from '../contract/guards.ts';
import type { Params, RequestType, Result } from '../contract/requests.ts';
import { PROTOCOL } from '../contract/version.ts';
import { RemoteError, RequestTimeoutError, unreadable, WorkerGoneError } from './errors.ts';
import { whenGone } from './life.ts';
import { messageFields, type Tap } from './tap.ts';

export interface RequestTarget {
  postMessage(message: unknown, transfer: Transferable[]): void;
}

export interface RequestOptions {
  /** How long to wait for the answer. A worker dies without a word, so every request has an end. */
  timeoutMs: number;
  /**
   * How soon the worker must say anything at all: a result, or that it is at it. One that was ended
   * before it could say so has told nobody which life to watch. `WorkerGoneError` after that.
   */
  silenceMs?: number | undefined;
  signal?: AbortSignal | undefined;
  /** With these, the death of a worker that is at it is noticed at once, not at the timeout. */
  locks?: LockManager | undefined;
  tap?: Tap | undefined;
}

/**
 * Sends one request over a MessageChannel of its own and resolves with the one answer. The channel
 * is closed whatever happens.
 *
 * Rejects with `RequestTimeoutError`, `WorkerGoneError`, `RemoteError`, or the signal's reason.
 */
export async function request<Type extends RequestType>(
  target: RequestTarget,
  type: Type,
  params: Params<Type>,
  options: RequestOptions,
): Promise<Result<Type>> {
  const { timeoutMs, silenceMs = timeoutMs, signal, locks, tap } = options;
  signal?.throwIfAborted();
  const message = envelope('request', crypto.randomUUID(), type, params);
  const { port1, port2 } = new MessageChannel();
  const sentAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watch: AbortController | undefined;
  let onAbort: (() => void) | undefined;
  tell(tap, message);
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      const gone = () => reject(new WorkerGoneError(type));
      const late = () => reject(new RequestTimeoutError(type, timeoutMs));
      timer = silenceMs < timeoutMs ? setTimeout(gone, silenceMs) : setTimeout(late, timeoutMs);
      if (signal) {
        onAbort = () => reject(signal.reason);
        signal.addEventListener('abort', onAbort);
      }
      port1.onmessage = (event: MessageEvent<unknown>) => {
        const reply = event.data;
        if (!isReply(reply) || reply.protocol !== PROTOCOL) reject(unreadable(reply));
        else if (reply.kind === 'accepted') {
          // It is at it: from now on its life counts, and the time that is left.
          clearTimeout(timer);
          timer = setTimeout(late, sentAt + timeoutMs - performance.now());
          watch ??= new AbortController();
          if (locks) whenGone(locks, reply.lifeId, watch.signal, gone);
          return;
        } else if (reply.kind === 'error') {
          reject(new RemoteError(reply.code, reply.message));
        } else resolve(reply.result);
        heard(tap, message, event, sentAt);
      };
      port1.onmessageerror = () => reject(unreadable(undefined));
      target.postMessage(message, [port2]);
    });
    // The handler on the other side is typed by the same contract.
    return answer as Result<Type>;
  } catch (error) {
    if (!(error instanceof RemoteError)) unheard(tap, message, error, sentAt);
    throw error;
  } finally {
    clearTimeout(timer);
    watch?.abort();
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    port1.close();
  }
}

function tell(tap: Tap | undefined, { id, type, params }: Envelope): void {
  tap?.record(() => ({
    channel: 'request',
    from: 'page',
    to: 'worker',
    type,
    phase: 'begin',
    exchangeId: id,
    payload: params,
  }));
}

function heard(
  tap: Tap | undefined,
  { id, type }: Envelope,
  event: MessageEvent<unknown>,
  sentAt: number,
): void {
  const reply = event.data;
  tap?.record(() => ({
    channel: 'request',
    from: 'worker',
    to: 'page',
    type,
    phase: 'end',
    exchangeId: id,
    tookMs: performance.now() - sentAt,
    ...outcomeOf(reply),
    event: messageFields(event),
  }));
}

function outcomeOf(reply: unknown): { outcome: string; payload: unknown } {
  if (isForeign(reply) || !isReply(reply))
    return { outcome: unreadable(reply).code, payload: reply };
  if (reply.kind === 'result') return { outcome: 'ok', payload: reply.result };
  return { outcome: reply.kind === 'error' ? reply.code : 'ok', payload: reply };
}

/** No message came, or none that counts: the page knows by itself that it will not. */
function unheard(
  tap: Tap | undefined,
  { id, type }: Envelope,
  error: unknown,
  sentAt: number,
): void {
  tap?.record(() => ({
    channel: 'request',
    from: 'worker',
    to: 'page',
    type,
    phase: 'end',
    exchangeId: id,
    tookMs: performance.now() - sentAt,
    outcome: error instanceof Error ? error.name : 'given up',
  }));
}
