import type { Channel, Party } from '../../../core/contract/trace.ts';
import type { ShownTrace } from '../../inspection-view.ts';
import { isFailed } from './trace-words.ts';

/** One thing that was said, from the one or two traces that it left. */
export interface Message {
  /** The id of its first trace. */
  id: number;
  /** The trace that knows most of it: that of the side it arrived at, if there is one. */
  trace: ShownTrace;
  /** As the side that said it saw it. */
  sent: ShownTrace | undefined;
  /** As the side that heard it saw it. */
  arrived: ShownTrace | undefined;
  channel: Channel;
  from: Party;
  to: Party;
  /** Ms since 1970. Equal where only one side saw it. */
  sentAt: number;
  arrivedAt: number;
  failed: boolean;
  /** Nobody said it: the page knows by itself that no answer comes. */
  unsaid: boolean;
  /** It went out, but the end of its exchange says that it came to nothing. */
  lost: boolean;
}

/** Sightings of the same words that lie further apart are two messages. */
const MAX_APART_MS = 5000;

/**
 * Joins the two sightings of each message, in the order of time. Page and worker read clocks of
 * their own, so what arrives before it was sent is taken to have come at once.
 */
export function joinSightings(traces: readonly ShownTrace[]): Message[] {
  const messages: Message[] = [];
  const waiting = new Map<string, Message[]>();
  const sorted = [...traces].sort((one, other) => one.at - other.at || one.id - other.id);
  for (const trace of sorted) {
    const unsaid = isUnsaid(trace);
    const key = keyOf(trace);
    const others = waiting.get(key);
    const index = unsaid ? -1 : (others?.findIndex((message) => fits(message, trace)) ?? -1);
    const other = others?.[index];
    if (others && other) {
      others.splice(index, 1);
      join(other, trace);
      continue;
    }
    const message = alone(trace, unsaid);
    messages.push(message);
    if (unsaid) continue;
    if (others) others.push(message);
    else waiting.set(key, [message]);
  }
  markLost(messages);
  return messages;
}

/** The end of an exchange that was not heard but concluded: it carries no event. */
function isUnsaid(trace: ShownTrace): boolean {
  return trace.phase === 'end' && trace.seenBy === trace.to && !trace.event && isFailed(trace);
}

function keyOf({ exchangeId, channel, phase, from, to, type, data }: ShownTrace): string {
  if (exchangeId !== undefined) return `${exchangeId} ${phase} ${from}`;
  // Broadcasts have no exchange; both sides write down the same words.
  return `${channel} ${from} ${to} ${type} ${data?.length} ${data?.slice(0, 120)}`;
}

function fits(message: Message, { seenBy, at, phase }: ShownTrace): boolean {
  if (message.trace.seenBy === seenBy) return false;
  // Of an answer there is only one, however late; the others repeat.
  return phase !== 'only' || at - message.sentAt <= MAX_APART_MS;
}

function alone(trace: ShownTrace, unsaid: boolean): Message {
  const isSender = trace.seenBy === trace.from;
  return {
    id: trace.id,
    trace,
    sent: isSender ? trace : undefined,
    arrived: isSender ? undefined : trace,
    channel: trace.channel,
    from: trace.from,
    to: trace.to,
    sentAt: trace.at,
    arrivedAt: trace.at,
    failed: isFailed(trace),
    unsaid,
    lost: false,
  };
}

function join(message: Message, trace: ShownTrace): void {
  if (trace.seenBy === trace.to) {
    message.arrived = trace;
    message.trace = trace;
    message.arrivedAt = trace.at;
  } else {
    // Written down by its sender only after it had arrived.
    message.sent = trace;
  }
  message.failed ||= isFailed(trace);
}

function markLost(messages: Message[]): void {
  const unanswered = new Set<string>();
  for (const { unsaid, trace } of messages) {
    if (unsaid && trace.exchangeId !== undefined) unanswered.add(trace.exchangeId);
  }
  if (unanswered.size === 0) return;
  for (const message of messages) {
    const { exchangeId, phase } = message.trace;
    if (exchangeId === undefined || !unanswered.has(exchangeId)) continue;
    message.lost = phase === 'begin' && message.arrived === undefined;
  }
}

/** How long it was on the way; `undefined` where only one side saw it. */
export function latencyMs({ sent, arrived, sentAt, arrivedAt }: Message): number | undefined {
  return sent && arrived ? arrivedAt - sentAt : undefined;
}
