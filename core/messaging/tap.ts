import { MAX_DATA_CHARACTERS, type MessageFields, type Trace } from '../contract/trace.ts';

/** What the place that records knows; the tap adds who saw it, when, and its size. */
export type TraceDraft = Omit<Trace, 'seenBy' | 'at' | 'data' | 'sizeBytes'> & {
  /** What was said. */
  payload?: unknown;
};

/**
 * The one point through which everything that is said passes the Inspector. Every source of messages
 * records here; while nobody listens, a recording is one comparison and makes nothing.
 */
export class Tap {
  /** Gets every trace while an Inspector is open. */
  listener: ((trace: Trace) => void) | undefined;
  private readonly seenBy: Trace['seenBy'];

  constructor(seenBy: Trace['seenBy']) {
    this.seenBy = seenBy;
  }

  record(draft: () => TraceDraft): void {
    if (!this.listener) return;
    const { payload, ...rest } = draft();
    const at = performance.timeOrigin + performance.now();
    this.listener({ ...rest, ...asData(payload), seenBy: this.seenBy, at });
  }

  /** Frames work: its begin now, its end with how long it took. Gives the same promise back. */
  async frame<T>(
    draft: () => TraceDraft,
    work: Promise<T>,
    outcomeOf: (value: T) => string = () => 'ok',
  ): Promise<T> {
    if (!this.listener) return work;
    const begin = draft();
    const startedAt = performance.now();
    this.record(() => ({ ...begin, phase: 'begin' }));
    const end = (outcome: string) => {
      const { payload: _said, event: _event, ...rest } = begin;
      this.record(() => ({
        ...rest,
        from: begin.to,
        to: begin.from,
        phase: 'end',
        tookMs: performance.now() - startedAt,
        outcome,
      }));
    };
    try {
      const value = await work;
      end(outcomeOf(value));
      return value;
    } catch (error) {
      end(error instanceof Error ? error.name : 'error');
      throw error;
    }
  }
}

/** What a message's event says beside its data, wherever the message came from. */
export function messageFields(event: MessageEvent | ExtendableMessageEvent): MessageFields {
  return {
    constructorName: event.constructor.name,
    origin: event.origin,
    lastEventId: event.lastEventId,
    source: sourceWords(event.source),
    ports: event.ports.length,
  };
}

function sourceWords(source: object | null): string {
  if (!source) return 'none';
  const kind = source.constructor.name;
  const address = (source as { url?: unknown; scriptURL?: unknown }).url;
  const script = (source as { scriptURL?: unknown }).scriptURL;
  const where = typeof address === 'string' ? address : typeof script === 'string' ? script : '';
  return where ? `${kind} ${where}` : kind;
}

function asData(payload: unknown): Pick<Trace, 'data' | 'sizeBytes'> {
  if (payload === undefined) return {};
  let text: string;
  try {
    text = JSON.stringify(payload) ?? 'undefined';
  } catch {
    // A structured clone may hold circles and big integers; JSON may not.
    return { data: 'not to be written as JSON' };
  }
  return { data: text.slice(0, MAX_DATA_CHARACTERS), sizeBytes: text.length };
}
