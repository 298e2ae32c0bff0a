import { envelope, type Reply, type ReplyErrorCode } from '../contract/envelope.ts';
import type { Params, RequestType, Result } from '../contract/requests.ts';
import { PROTOCOL } from '../contract/version.ts';

/** Anything that takes messages and ports: a `ServiceWorker`, or a `MessagePort` in tests. */
export interface RequestTarget {
  postMessage(message: unknown, transfer: Transferable[]): void;
}

export interface RequestOptions {
  /** How long to wait for the answer. A worker dies without a word, so every request has an end. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** No answer came in time. The worker may or may not have done what was asked: ask again. */
export class RequestTimeoutError extends Error {
  override readonly name = 'RequestTimeoutError';
  constructor(type: string, timeoutMs: number) {
    super(`no answer to ${type} within ${timeoutMs} ms`);
  }
}

/** The worker answered that it cannot do this: a bug, or two versions that do not fit together. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code: ReplyErrorCode;
  constructor(code: ReplyErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Sends one request over a MessageChannel of its own and resolves with the one answer. The channel
 * is closed whatever happens.
 *
 * Rejects with `RequestTimeoutError`, `RemoteError`, or the signal's reason.
 */
export async function request<Type extends RequestType>(
  target: RequestTarget,
  type: Type,
  params: Params<Type>,
  { timeoutMs, signal }: RequestOptions,
): Promise<Result<Type>> {
  signal?.throwIfAborted();
  const { port1, port2 } = new MessageChannel();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  try {
    return await new Promise<Result<Type>>((resolve, reject) => {
      timer = setTimeout(() => reject(new RequestTimeoutError(type, timeoutMs)), timeoutMs);
      onAbort = () => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort);
      port1.onmessage = (event: MessageEvent<Reply>) => {
        const reply = event.data;
        if (reply.protocol !== PROTOCOL) {
          reject(new RemoteError('protocol-mismatch', 'the worker speaks another version'));
        } else if (reply.kind === 'error') {
          reject(new RemoteError(reply.code, reply.message));
        } else {
          // The handler on the other side is typed by the same contract.
          resolve(reply.result as Result<Type>);
        }
      };
      port1.onmessageerror = () => reject(new RemoteError('handler-failed', 'unreadable answer'));
      target.postMessage(envelope('request', type, params), [port2]);
    });
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    port1.close();
  }
}
