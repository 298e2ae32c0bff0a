import { PROTOCOL } from './version.ts';

/** What travels from the page to the worker: a request, or a subscription to a stream. */
export interface Envelope {
  protocol: number;
  kind: 'request' | 'stream';
  type: string;
  params: unknown;
}

/** The one answer to a request, sent on the port that came with it. */
export type Reply =
  | { protocol: number; kind: 'result'; result: unknown }
  | { protocol: number; kind: 'error'; code: ReplyErrorCode; message: string };

export type ReplyErrorCode =
  | 'protocol-mismatch'
  | 'unknown-type'
  | 'bad-params'
  /** The handler threw: a bug. Expected failures travel inside the result. */
  | 'handler-failed';

export function envelope(kind: Envelope['kind'], type: string, params: unknown): Envelope {
  return { protocol: PROTOCOL, kind, type, params };
}
