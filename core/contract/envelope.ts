import { PROTOCOL } from './version.ts';

/** What travels from the page to the worker: a request, or a subscription to a stream. */
export interface Envelope {
  protocol: number;
  kind: 'request' | 'stream';
  /** Names this exchange, on both sides. */
  id: string;
  type: string;
  params: unknown;
}

/** What comes back on the port of a request: one answer, and before a late one a sign of life. */
export type Reply =
  /** No answer yet: the work takes longer, and this life of the worker is at it. */
  | { protocol: number; kind: 'accepted'; lifeId: string }
  | { protocol: number; kind: 'result'; result: unknown }
  | Refusal;

export interface Refusal {
  protocol: number;
  kind: 'error';
  code: ReplyErrorCode;
  message: string;
}

export type ReplyErrorCode =
  | 'protocol-mismatch'
  | 'unknown-type'
  | 'bad-params'
  /** This page has too much under way at once. */
  | 'too-many'
  /** Another window holds on to an older database. It is right to ask again. */
  | 'database-blocked'
  /** The handler threw: a bug. Expected failures travel inside the result. */
  | 'handler-failed';

export function envelope(
  kind: Envelope['kind'],
  id: string,
  type: string,
  params: unknown,
): Envelope {
  return { protocol: PROTOCOL, kind, id, type, params };
}

/** What comes through the port of a stream. */
export type StreamMessage =
  | { protocol: number; kind: 'item'; lifeId: string; item: unknown }
  | Refusal;

export function refusal(code: ReplyErrorCode, message: string): Refusal {
  return { protocol: PROTOCOL, kind: 'error', code, message };
}
