import type { Envelope, Reply } from '../contract/envelope.ts';
import { areParams, isRequestType } from '../contract/guards.ts';
import type { Params, RequestType, Result } from '../contract/requests.ts';
import { PROTOCOL } from '../contract/version.ts';

/** One handler per request of the contract; a missing or misspelt one does not compile. */
export type Handlers<Call> = {
  [Type in RequestType]: (params: Params<Type>, call: Call) => Promise<Result<Type>>;
};

/**
 * Answers one request on the port that came with it, exactly once. Resolves when the answer is
 * posted: hand the promise to `waitUntil`. Never rejects; a handler that throws is answered with
 * `handler-failed` and reported to `onError`.
 */
export async function serve<Call>(
  { protocol, type, params }: Envelope,
  port: MessagePort,
  handlers: Handlers<Call>,
  call: Call,
  onError: (error: unknown) => void,
): Promise<void> {
  port.postMessage(await answer(protocol, type, params, handlers, call, onError));
  port.close();
}

async function answer<Call>(
  protocol: number,
  type: string,
  params: unknown,
  handlers: Handlers<Call>,
  call: Call,
  onError: (error: unknown) => void,
): Promise<Reply> {
  if (protocol !== PROTOCOL) {
    return refuse('protocol-mismatch', `this worker speaks protocol ${PROTOCOL}`);
  }
  if (!isRequestType(type)) return refuse('unknown-type', `no request is called ${type}`);
  if (!areParams(type, params)) return refuse('bad-params', `wrong parameters for ${type}`);
  try {
    const result = await dispatch(type, params, handlers, call);
    return { protocol: PROTOCOL, kind: 'result', result };
  } catch (error) {
    onError(error);
    return refuse('handler-failed', error instanceof Error ? error.message : String(error));
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

function refuse(code: (Reply & { kind: 'error' })['code'], message: string): Reply {
  return { protocol: PROTOCOL, kind: 'error', code, message };
}
