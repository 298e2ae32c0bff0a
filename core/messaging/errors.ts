import type { ReplyErrorCode } from '../contract/envelope.ts';
import { isForeign } from '../contract/guards.ts';

/** No answer came in time. The worker may or may not have done what was asked: ask again. */
export class RequestTimeoutError extends Error {
  override readonly name = 'RequestTimeoutError';
  constructor(type: string, timeoutMs: number) {
    super(`no answer to ${type} within ${timeoutMs} ms`);
  }
}

/** The worker was ended while it was at it. What it had written is written: ask again. */
export class WorkerGoneError extends Error {
  override readonly name = 'WorkerGoneError';
  constructor(type: string) {
    super(`the worker was ended before it answered ${type}`);
  }
}

/** What the worker says of itself, or what this side makes of an answer that nobody can read. */
export type RemoteErrorCode = ReplyErrorCode | 'unreadable-answer';

/** The worker answered that it cannot do this: a bug, or two versions that do not fit together. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code: RemoteErrorCode;
  constructor(code: RemoteErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Two versions that do not speak with each other: only a reload brings them together. */
export function isProtocolMismatch(error: unknown): boolean {
  return error instanceof RemoteError && error.code === 'protocol-mismatch';
}

/** What the other side of a port makes of data that is not in the contract. */
export function unreadable(data: unknown): RemoteError {
  return isForeign(data)
    ? new RemoteError('protocol-mismatch', 'the worker speaks another version')
    : new RemoteError('unreadable-answer', 'the worker said something that is not in the contract');
}
