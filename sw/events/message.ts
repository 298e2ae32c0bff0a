import { isEnvelope, isSkipWaiting } from '../../core/contract/entrance.ts';
import { type Envelope, type Reply, refusal } from '../../core/contract/envelope.ts';
import { serve } from '../../core/messaging/serve.ts';
import { messageFields, type TraceDraft } from '../../core/messaging/tap.ts';
import type { WorkerContext } from '../context.ts';
import type { DropReason } from '../dropped-messages.ts';
import { later } from '../later-script.ts';
import { openWorkerStream } from '../streams/index.ts';
import { takeOver } from '../take-over.ts';

/**
 * The one entrance for everything that a page says. What does not come from a client inside our
 * scope, or is not in the contract, is counted and dropped without an answer.
 */
export function onMessage(event: ExtendableMessageEvent, context: WorkerContext): void {
  if (isSkipWaiting(event.data) && isFromWindow(event, context)) {
    context.tap.record(() => ({ ...unframed(event), type: 'SKIP_WAITING' }));
    event.waitUntil(takeOver(context).catch(context.report));
    return;
  }
  const arrived = read(event, context);
  if (typeof arrived === 'string') drop(event, arrived, context);
  else if (context.load.isFull(arrived.sender.id)) refuse(event, arrived, context);
  else if (arrived.message.kind === 'stream') openStreamFor(event, arrived, context);
  else answerRequest(event, arrived, context);
}

/** What came could not be put together on this side: shared memory, or a kind that is not known here. */
export function onMessageError(event: ExtendableMessageEvent, context: WorkerContext): void {
  drop(event, 'unreadable', context);
}

/** Without looking at what was asked: refusing must cost less than asking. */
function refuse(event: ExtendableMessageEvent, { port }: Arrived, context: WorkerContext): void {
  port.postMessage(refusal('too-many', 'this page has too much under way'));
  drop(event, 'too-many', context);
}

interface Arrived {
  message: Envelope;
  port: MessagePort;
  sender: Client;
}

/** What it said is not shown, either: it may be anything, and of any size. */
function drop(
  event: ExtendableMessageEvent,
  reason: DropReason,
  { dropped, tap }: WorkerContext,
): void {
  dropped.count(reason);
  for (const port of event.ports) port.close();
  tap.record(() => ({ ...unframed(event), outcome: `dropped: ${reason}` }));
}

function unframed(event: ExtendableMessageEvent): TraceDraft {
  return {
    channel: 'event',
    from: 'page',
    to: 'worker',
    type: event.type,
    phase: 'only',
    event: messageFields(event),
  };
}

function read(
  { data, source, ports, origin }: ExtendableMessageEvent,
  { baseUrl }: WorkerContext,
): Arrived | DropReason {
  if (origin !== baseUrl.origin || !isInScope(source, baseUrl)) return 'stranger';
  const [port] = ports;
  if (!port || ports.length > 1) return 'ports';
  if (!isEnvelope(data)) return 'not-an-envelope';
  return { message: data, port, sender: source };
}

function isFromWindow(
  { origin, source, ports }: ExtendableMessageEvent,
  { baseUrl }: WorkerContext,
) {
  if (ports.length > 1) return false;
  return origin === baseUrl.origin && source instanceof WindowClient && isInScope(source, baseUrl);
}

function isInScope(source: ExtendableMessageEvent['source'], baseUrl: URL): source is Client {
  return source instanceof Client && source.url.startsWith(baseUrl.href);
}

function openStreamFor(
  event: ExtendableMessageEvent,
  { message, port, sender }: Arrived,
  context: WorkerContext,
): void {
  context.tap.record(() => ({ ...trace(message, event), channel: 'stream' }));
  event.waitUntil(
    context.load.hold(sender.id, openWorkerStream(message, sender.id, port, context)),
  );
}

function answerRequest(
  event: ExtendableMessageEvent,
  { message, port, sender }: Arrived,
  context: WorkerContext,
): void {
  const call = {
    context,
    clientId: sender.id,
    sender,
    waitUntil: (work: Promise<unknown>) =>
      event.waitUntil(context.load.hold(sender.id, work.catch(context.report))),
  };
  const { handlers } = later();
  const server = { handlers, lifeId: context.lifeId, onError: context.report };
  const answer = context.load.hold(sender.id, serve(message, port, call, server));
  event.waitUntil(context.tap.frame(() => trace(message, event), answer, outcomeOf));
}

function trace({ id, type, params }: Envelope, event: ExtendableMessageEvent): TraceDraft {
  return {
    channel: 'request',
    from: 'page',
    to: 'worker',
    type,
    phase: 'begin',
    exchangeId: id,
    payload: params,
    event: messageFields(event),
  };
}

function outcomeOf(reply: Reply): string {
  return reply.kind === 'error' ? reply.code : 'ok';
}
