import type { MessageTrace } from '../../../core/contract/trace.ts';
import type { Inspector } from '../../contexts.ts';
import type {
  Inspection,
  SeenWakeUp,
  ShownTrace,
  TechniqueView,
  TraceFilter,
  WorkerLife,
} from '../../inspection-view.ts';

/** The Inspector's service as a plain object: what is shown is set, what is asked for is in `calls`. */
export class FakeInspection extends EventTarget implements Inspection {
  readonly calls: string[] = [];
  shown: readonly ShownTrace[] = [];
  held = 0;
  readonly limit = 2_000;
  waiting = 0;
  paused = false;
  forgotten = 0;
  filter: TraceFilter = { hidden: new Set(), seenBy: undefined, text: '' };
  worker: WorkerLife | undefined;
  dropped: Inspection['dropped'] = { worker: {}, page: {} };
  wakeUps: readonly SeenWakeUp[] = [];
  techniques: readonly TechniqueView[] = [];

  pause(): void {
    this.paused = true;
    this.changed('pause');
  }

  resume(): void {
    this.paused = false;
    this.changed('resume');
  }

  clear(): void {
    this.changed('clear');
  }

  show(filter: Partial<TraceFilter>): void {
    this.filter = { ...this.filter, ...filter };
    this.changed(`show ${Object.keys(filter)}`);
  }

  exported(): string {
    this.changed('exported');
    return '{"traces":[]}';
  }

  close(): void {
    this.changed('close');
  }

  changed(call?: string): void {
    if (call) this.calls.push(call);
    this.dispatchEvent(new Event('change'));
  }
}

export class FakeInspector implements Inspector {
  inspection = new FakeInspection();
  /** Rejected where the code of it does not arrive. */
  ready: Promise<unknown> = Promise.resolve();

  async open(): Promise<Inspection> {
    await this.ready;
    this.inspection.calls.push('open');
    return this.inspection;
  }
}

export function aShownTrace(id: number, more: Partial<MessageTrace> = {}): ShownTrace {
  return {
    id,
    seenBy: 'page',
    at: id,
    channel: 'request',
    from: 'page',
    to: 'worker',
    type: 'worker/version',
    phase: 'begin',
    ...more,
  };
}
