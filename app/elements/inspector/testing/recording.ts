import type {
  Channel,
  MessageFields,
  MessageTrace,
  Party,
} from '../../../../core/contract/trace.ts';
import type { ShownTrace } from '../../../inspection-view.ts';

/** A recording as two tabs, a worker and a server leave it, for tests and for looking at. */
export class Recording {
  readonly traces: ShownTrace[] = [];
  /** Ms since 1970; every call that says something moves it on. */
  at: number;
  private exchanges = 0;

  constructor(at = new Date(2026, 10, 21, 9, 41, 12, 340).getTime()) {
    this.at = at;
  }

  add(
    seenBy: 'page' | 'worker',
    way: string,
    more: Partial<MessageTrace> & { type: string },
  ): ShownTrace {
    const [from, to] = way.split('>') as [Party, Party];
    const { data, ...rest } = more;
    const trace: ShownTrace = {
      id: this.traces.length + 1,
      seenBy,
      at: this.at,
      channel: 'request',
      from,
      to,
      phase: 'only',
      ...(data === undefined ? {} : { data, sizeBytes: data.length }),
      ...rest,
    };
    this.traces.push(trace);
    return trace;
  }

  wait(ms: number): this {
    this.at += ms;
    return this;
  }

  /** A request, seen by both sides, that the worker works on for `workMs`. */
  request(
    type: string,
    workMs: number,
    more: { params?: unknown; result?: unknown; outcome?: string } = {},
  ): void {
    const exchangeId = this.exchange();
    const { params = {}, result = {}, outcome = 'ok' } = more;
    const about = { type, exchangeId };
    const data = JSON.stringify(params);
    const begunAt = this.at;
    this.add('page', 'page>worker', { ...about, phase: 'begin', data });
    this.wait(1.4).add('worker', 'page>worker', {
      ...about,
      phase: 'begin',
      data,
      event: toWorker,
    });
    this.wait(workMs).add('worker', 'worker>page', {
      ...about,
      phase: 'end',
      tookMs: workMs,
      outcome,
    });
    const tookMs = this.wait(0.9).at - begunAt;
    this.add('page', 'worker>page', {
      ...about,
      phase: 'end',
      tookMs,
      outcome,
      data: JSON.stringify(result),
      event: toPage,
    });
    this.wait(6);
  }

  /** A request that nobody answers. */
  timeout(type: string, timeoutMs: number, params: unknown = {}): void {
    const about = { type, exchangeId: this.exchange() };
    this.add('page', 'page>worker', { ...about, phase: 'begin', data: JSON.stringify(params) });
    this.wait(timeoutMs).add('page', 'worker>page', {
      ...about,
      phase: 'end',
      tookMs: timeoutMs,
      outcome: 'RequestTimeoutError',
    });
  }

  broadcast(type: string, fields: object): void {
    const said = {
      type,
      channel: 'broadcast' as Channel,
      data: JSON.stringify({ type, ...fields }),
    };
    this.add('worker', 'worker>page', said);
    this.wait(1.1).add('page', 'worker>page', { ...said, event: { ...toPage, ports: 0 } });
    this.wait(3);
  }

  /** An event of the browser; `inside` is what happens while the worker is at it. */
  event(type: string, outcome: string, inside: () => void, payload?: unknown): void {
    const about = { type, channel: 'event' as Channel, exchangeId: this.exchange() };
    const begunAt = this.at;
    this.add('worker', 'browser>worker', {
      ...about,
      phase: 'begin',
      ...(payload === undefined ? {} : { data: JSON.stringify(payload) }),
    });
    inside();
    this.add('worker', 'worker>browser', {
      ...about,
      phase: 'end',
      tookMs: this.at - begunAt,
      outcome,
    });
    this.wait(4);
  }

  exchange(): string {
    this.exchanges += 1;
    return `8f14e45f-ceea-467f-a5e3-${String(this.exchanges).padStart(12, '0')}`;
  }
}

export const origin = 'https://stowaway.example';

export const toWorker: MessageFields = {
  constructorName: 'ExtendableMessageEvent',
  origin,
  lastEventId: '',
  source: `WindowClient ${origin}/#/library`,
  ports: 1,
};

export const toPage: MessageFields = {
  constructorName: 'MessageEvent',
  origin: '',
  lastEventId: '',
  source: 'none',
  ports: 0,
};
