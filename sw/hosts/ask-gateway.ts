import * as v from 'valibot';
import { apiErrorSchema } from '../../core/api/failure.ts';
import { type Failure, failed, succeeded } from '../../core/model/failure.ts';
import { isTransient } from '../../core/model/retry-policy.ts';
import type { WorkerContext } from '../context.ts';
import type { Refusal } from '../outbox/delivery.ts';
import { readRetryAfter } from './retry-after.ts';

/** `no-gateway`: whoever answers there is none, as on a plain static host. */
export type GatewayAnswer = { ok: true; value: unknown } | GatewayRefusal | 'no-gateway';

export interface GatewayRefusal extends Refusal {
  /** Of the answer; `undefined` where nothing came, or not all of it. */
  status?: number;
}

export interface Question {
  address: URL;
  init?: Omit<RequestInit, 'signal'>;
  timeoutMs: number;
  /** What it means where the time runs out. Else it is the gateway that does not answer. */
  tooSlow?: Failure | undefined;
}

/**
 * Asks our gateway something that it answers in JSON, and reads all of it: an answer that breaks off
 * is no answer, and only one that is whole can say that there is no gateway. Never rejects.
 */
export async function askGateway(
  context: WorkerContext,
  { address, init, timeoutMs, tooSlow }: Question,
): Promise<GatewayAnswer> {
  const signal = context.timeout(timeoutMs);
  let response: Response;
  let text: string;
  try {
    response = await context.fetch(address, { ...init, signal });
    text = await response.text();
  } catch {
    if (signal.aborted && tooSlow) return failed(tooSlow);
    return failed({ code: context.isOnline() ? 'gateway-unreachable' : 'offline' });
  }
  const { status } = response;
  // Ours knows the path and the method.
  if (status === 404 || status === 405 || status === 501) return 'no-gateway';
  const body = readJson(text);
  if (response.ok) return body === undefined ? 'no-gateway' : succeeded(body);
  if (isTransient(status)) {
    // A proxy in front of a gateway that is being started again says so with a page of its own.
    const retryAfterMs = readRetryAfter(response.headers, context.now());
    const failure = reasonIn(body) ?? { code: 'gateway-unreachable' };
    return { ...failed(failure), retryAfterMs, status };
  }
  if (body === undefined) return 'no-gateway';
  return { ...failed(reasonIn(body) ?? { code: 'gateway-refused', status }), status };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `unexpected` is for whoever debugs. */
function reasonIn(body: unknown): Failure | undefined {
  const said = v.safeParse(apiErrorSchema, body);
  if (!said.success || said.output.failure.code === 'unexpected') return undefined;
  return said.output.failure;
}
