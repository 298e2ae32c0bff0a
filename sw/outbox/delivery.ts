import type { Failure } from '../../core/model/failure.ts';

/** What came of sending something. `retryAfterMs`: how long the far side wants to be left alone. */
export type Delivery = { ok: true } | Refusal;

export interface Refusal {
  ok: false;
  failure: Failure;
  retryAfterMs?: number | undefined;
}
