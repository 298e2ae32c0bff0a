/** Who talks. `browser` wakes the worker with events; `tabs` are the other pages of this app. */
export type Party = 'page' | 'worker' | 'tabs' | 'server' | 'browser';

/** The line a message took; `event` is what the browser tells the worker, `life` how workers follow each other. */
export type Channel = 'request' | 'stream' | 'broadcast' | 'tabs' | 'live' | 'event' | 'life';

/** One thing that was said or happened, as one side saw it. Made only while an Inspector is open. */
export interface Trace {
  seenBy: 'page' | 'worker';
  /** Ms since 1970, with fractions. */
  at: number;
  /** `wake-up` is no line: that the worker looked at its outbox, why, and what came of it. */
  channel: Channel | 'wake-up';
  from: Party;
  to: Party;
  /** Its name in the contract, or that of the event. */
  type: string;
  /** `begin` and `end` frame a question and its answer, or the work of one event. */
  phase: 'begin' | 'end' | 'only';
  /** The same for everything that belongs to one exchange, on both sides. */
  exchangeId?: string | undefined;
  /** Of an `end`: ms since its `begin`. */
  tookMs?: number | undefined;
  /** Of an `end`: `ok`, the code of an error, or how a fetch was answered. */
  outcome?: string | undefined;
  /** What was said, as JSON; cut at `MAX_DATA_CHARACTERS`. */
  data?: string | undefined;
  /** Length of the whole as JSON in UTF-16 units: what a structured clone weighs is not told. */
  sizeBytes?: number | undefined;
  /** What the event object said of the message beside its data. */
  event?: MessageFields | undefined;
}

/** A trace of something that was said. */
export interface MessageTrace extends Trace {
  channel: Channel;
}

export const MAX_DATA_CHARACTERS = 4096;

/** The members of a MessageEvent, as words. */
export interface MessageFields {
  /** `MessageEvent` or `ExtendableMessageEvent`. */
  constructorName: string;
  origin: string;
  lastEventId: string;
  /** `none`, or what kind of source it is and its address. */
  source: string;
  ports: number;
}
