import type { FailureCode } from '../model/failure.ts';

type FeedErrorCode = Extract<FailureCode, 'feed-not-a-feed' | 'feed-broken' | 'feed-too-large'>;

/** Why a text could not be read as a feed. The message is for developers; people get the code's. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  readonly code: FeedErrorCode;

  constructor(code: FeedErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}
