import { areParams, isRequestType } from '../contract/entrance.ts';
import { type Envelope, type Refusal, type Reply, refusal } from '../contract/envelope.ts';
import type { Params, RequestType, Result } from '../contract/requests.ts';
import { PROTOCOL } from '../contract/version.ts';
import { DatabaseBlockedError } from '../model/database-blocked.ts';

/** One handler per request of the contract; a missing or misspelt one does not compile. */
export type Handlers<Call> = {
  [Type in RequestType]: (params: Params<Type>, call: Call) => Promise<Result<Type>>;
};

export interface Server<Call> {
  handlers: Handlers<Call>;
  /** Of this life of the worker: see `holdLife`. */
  lifeId: string;
  /** For what should never happen. */
  onError: (error: unknown) => void;
}

/** An answer that takes longer is announced, so that the asker can watch over the worker's life. */
const PROMPT_MS = 20;

/**
 * Answers one request on the port that came with it, exactly once. Resolves with the answer when it
 * is posted: hand the promise to `waitUntil`. Never rejects; a handler that throws is answered with
 * `handler-failed` and reported to `onError`.
 */
export async function serve<Call>(
  message: Envelope,
  port: MessagePort,
  call: Call,
  server: Server<Call>,
): Promise<Reply> {
  const late = setTimeout(() => {
    const accepted: Reply = { protocol: PROTOCOL, kind: 'accepted', lifeId: server.lifeId };
    port.postMessage(accepted);
  }, PROMPT_MS);
  let reply = await answer(message, call, server);
  clearTimeout(late);
  try {
    port.postMessage(reply);
  } catch (error) {
    // A result that cannot be cloned: a bug of the handler.
    reply = failure(error, server);
    port.postMessage(reply);
  }
  port.close();
  return reply;
}

async function answer<Call>(
  { protocol, type, params }: Envelope,
  call: Call,
  server: Server<Call>,
): Promise<Reply> {
  if (protocol !== PROTOCOL) {
    return refusal('protocol-mismatch', `this worker speaks protocol ${PROTOCOL}`);
  }
  if (!isRequestType(type)) return refusal('unknown-type', `no request is called ${type}`);
  if (!areParams(type, params)) return refusal('bad-params', `wrong parameters for ${type}`);
  try {
    const result = await dispatch(type, params, server.handlers, call);
    return { protocol: PROTOCOL, kind: 'result', result };
  } catch (error) {
    return failure(error, server);
  }
}

/** Keeps name and parameters together as one type, so that the call needs no cast. */
function dispatch<Type extends RequestType, Call>(
  type: Type,
  params: Params<Type>,
  handlers: Handlers<Call>,
  call: Call,
): Promise<Result<Type>> {
  return handlers[type](params, call);
}

function failure(error: unknown, { onError }: { onError: (error: unknown) => void }): Refusal {
  // No bug, and asked again every few seconds.
  if (error instanceof DatabaseBlockedError) return refusal('database-blocked', error.message);
  onError(error);
  return refusal('handler-failed', error instanceof Error ? error.message : String(error));
}
