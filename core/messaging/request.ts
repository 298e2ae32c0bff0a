import { type Envelope, envelope, type Reply } from '../contract/envelope.ts';
import type { Params, RequestType, Result } from '../contract/requests.ts';
import { PROTOCOL } from '../contract/version.ts';
import { RemoteError, RequestTimeoutError, WorkerGoneError } from './errors.ts';
import { whenGone } from './life.ts';
import { messageFields, type Tap } from './tap.ts';

export interface RequestTarget {
  postMessage(message: unknown, transfer: Transferable[]): void;
}

export interface RequestOptions {
  /** How long to wait for the answer. A worker dies without a word, so every request has an end. */
  timeoutMs: number;
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
  options.signal?.throwIfAborted();
  const message = envelope('request', crypto.randomUUID(), type, params);
  const { port1, port2 } = new MessageChannel();
  // Ends the watch over the worker's life; the port and the timer end with the answer as well.
  const settled = new AbortController();
  const sentAt = performance.now();
  tell(options.tap, message);
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new RequestTimeoutError(type, options.timeoutMs)),
        options.timeoutMs,
      );
      const onAbort = () => reject(options.signal?.reason);
      options.signal?.addEventListener('abort', onAbort);
      settled.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', onAbort);
      });
      port1.onmessage = (event: MessageEvent<Reply>) => {
        const reply = event.data;
        if (reply.protocol !== PROTOCOL) {
          reject(new RemoteError('protocol-mismatch', 'the worker speaks another version'));
        } else if (reply.kind === 'accepted') {
          if (options.locks) {
            whenGone(options.locks, reply.lifeId, settled.signal, () =>
              reject(new WorkerGoneError(type)),
            );
          }
          return;
        } else if (reply.kind === 'error') {
          reject(new RemoteError(reply.code, reply.message));
        } else resolve(reply.result);
        heard(options.tap, message, event, sentAt);
      };
      port1.onmessageerror = () => reject(new RemoteError('handler-failed', 'unreadable answer'));
      target.postMessage(message, [port2]);
    });
    // The handler on the other side is typed by the same contract.
    return answer as Result<Type>;
  } catch (error) {
    if (!(error instanceof RemoteError)) unheard(options.tap, message, error, sentAt);
    throw error;
  } finally {
    settled.abort();
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
  event: MessageEvent<Reply>,
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
    outcome: reply.kind === 'error' ? reply.code : 'ok',
    payload: reply.kind === 'result' ? reply.result : reply,
    event: messageFields(event),
  }));
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
