import { isEnvelope, isSkipWaiting } from '../../core/contract/guards.ts';
import { serve } from '../../core/messaging/serve.ts';
import type { WorkerContext } from '../context.ts';
import { handlers } from '../requests/index.ts';
import { openWorkerStream } from '../streams/index.ts';

/**
 * The one entrance for everything that a page says. What does not come from a client inside our
 * scope, or is not in the contract, is dropped without an answer.
 */
export function onMessage(event: ExtendableMessageEvent, context: WorkerContext): void {
  const { data, origin, source, ports } = event;
  const [port] = ports;
  if (origin !== context.baseUrl.origin) return;
  if (!(source instanceof Client) || !source.url.startsWith(context.baseUrl.href)) return;
  if (source instanceof WindowClient && isSkipWaiting(data)) {
    event.waitUntil(context.skipWaiting());
    return;
  }
  if (!isEnvelope(data) || !port || ports.length > 1) return;
  if (data.kind === 'stream') {
    event.waitUntil(openWorkerStream(data, source.id, port, context));
    return;
  }
  const call = {
    context,
    clientId: source.id,
    waitUntil: (work: Promise<unknown>) => event.waitUntil(work.catch(context.report)),
  };
  event.waitUntil(serve(data, port, handlers, call, context.report));
}
