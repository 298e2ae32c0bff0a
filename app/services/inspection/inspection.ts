import type { InspectorNews } from '../../../core/contract/inspection.ts';
import type { MessageTrace, Trace } from '../../../core/contract/trace.ts';
import type { Tap } from '../../../core/messaging/tap.ts';
import type { Library } from '../../contexts.ts';
import type {
  Dropped,
  Inspection,
  SeenWakeUp,
  ShownTrace,
  TechniqueView,
  TraceFilter,
  WorkerLife,
} from '../../inspection-view.ts';
import type { BackgroundFetchStarter } from '../background-fetch-starter.ts';
import type { WorkerLink } from '../worker-link.ts';
import { BackgroundFetchWatch } from './background-fetch-watch.ts';
import { TabLine } from './tab-line.ts';
import { viewTechniques } from './technique-views.ts';
import { techniques } from './techniques.ts';
import { passes } from './trace-filter.ts';
import { TraceLog } from './trace-log.ts';
import { isMessage, WakeUpLog } from './wake-up-log.ts';
import { WorkerLine } from './worker-line.ts';

const LIMIT = 2_000;
/** No eye follows more, and a flood is drawn once, not trace by trace. */
const SHOW_MS = 50;

export interface InspectionSources {
  tap: Tap;
  link: WorkerLink;
  library: Library;
  starter: BackgroundFetchStarter;
  registration: Promise<ServiceWorkerRegistration>;
}

/** Listens to both sides from now on, until it is closed: then nothing of it is left at work. */
export class LiveInspection extends EventTarget implements Inspection {
  shown: readonly ShownTrace[] = [];
  paused = false;
  filter: TraceFilter = { hidden: new Set(), seenBy: undefined, text: '' };
  worker: WorkerLife | undefined;
  techniques: readonly TechniqueView[] = [];
  readonly limit = LIMIT;
  private readonly log = new TraceLog(LIMIT);
  private readonly wakeUpLog = new WakeUpLog();
  private arrived: MessageTrace[] = [];
  /** Left out by the worker, or come while this was full. */
  private missed = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pageDropped: Record<string, number> = {};
  private workerDropped: Dropped = {};
  private readonly sources: InspectionSources;
  /** Where there are no locks there is no worker, either: both need a secure context. */
  private readonly workerLine: WorkerLine | undefined;
  private readonly tabs: TabLine;
  private readonly closed = new AbortController();

  constructor(sources: InspectionSources) {
    super();
    this.sources = sources;
    const { tap, starter, registration } = sources;
    const scope = new URL('./', document.baseURI);
    tap.listener = this.take;
    this.tabs = new TabLine(scope, tap);
    const locks: LockManager | undefined = navigator.locks;
    this.workerLine =
      locks &&
      new WorkerLine(scope, locks, {
        onNews: (news) => this.read(news),
        onUnreadable: () => this.countDropped('unreadable news'),
        onWorkerGone: (lifeId) => this.noteEnd(lifeId),
      });
    const watch = new BackgroundFetchWatch(tap, this.closed.signal);
    starter.onStarted = watch.follow;
    registration
      .then(
        (it) => {
          this.offer(it, watch);
          return it.backgroundFetch && watch.followAll(it.backgroundFetch);
        },
        // Without a worker there is half as much to see.
        () => this.offer(undefined, watch),
      )
      .catch(console.error);
  }

  get held(): number {
    return this.log.held.length;
  }

  get waiting(): number {
    return this.paused ? this.arrived.length : 0;
  }

  get forgotten(): number {
    return this.log.forgotten + this.missed;
  }

  get wakeUps(): readonly SeenWakeUp[] {
    return this.wakeUpLog.seen;
  }

  get dropped(): Inspection['dropped'] {
    return { worker: this.workerDropped, page: this.pageDropped };
  }

  pause(): void {
    this.paused = true;
    this.update();
  }

  resume(): void {
    this.paused = false;
    this.update();
  }

  clear(): void {
    this.log.clear();
    this.arrived = [];
    this.missed = 0;
    this.update();
  }

  show(filter: Partial<TraceFilter>): void {
    this.filter = { ...this.filter, ...filter };
    this.update();
  }

  exported(): string {
    const { worker, dropped, forgotten, wakeUps } = this;
    const traces = this.log.held.map(({ id: _id, ...trace }) => trace);
    return JSON.stringify({ worker, dropped, forgotten, wakeUps, traces }, null, 2);
  }

  close(): void {
    if (this.closed.signal.aborted) return;
    const { tap, starter } = this.sources;
    if (tap.listener === this.take) tap.listener = undefined;
    starter.onStarted = undefined;
    this.closed.abort();
    this.tabs.close();
    this.workerLine?.close().catch(console.error);
    clearTimeout(this.timer);
    this.log.clear();
    this.arrived = [];
    this.shown = [];
  }

  private readonly take = (trace: Trace): void => {
    if (trace.seenBy === 'page' && trace.outcome?.startsWith('dropped: ')) {
      this.countDropped(trace.outcome.slice('dropped: '.length));
    }
    if (!isMessage(trace)) this.wakeUpLog.add(trace);
    else if (this.arrived.length < LIMIT) this.arrived.push(trace);
    else this.missed += 1;
    this.updateSoon();
  };

  private read({ lifeId, build, traces, leftOut, dropped }: InspectorNews): void {
    this.worker = { lifeId, build, ended: false };
    this.workerDropped = dropped;
    this.missed += leftOut;
    for (const trace of traces) this.take(trace);
    this.updateSoon();
  }

  private noteEnd(lifeId: string): void {
    if (this.worker?.lifeId === lifeId) this.worker = { ...this.worker, ended: true };
    this.sources.tap.record(() => ({
      channel: 'life',
      from: 'worker',
      to: 'page',
      type: 'worker ended',
      phase: 'only',
      payload: { lifeId },
    }));
  }

  private countDropped(reason: string): void {
    const before = this.pageDropped[reason] ?? 0;
    this.pageDropped = { ...this.pageDropped, [reason]: before + 1 };
    this.updateSoon();
  }

  private updateSoon(): void {
    if (this.closed.signal.aborted) return;
    this.timer ??= setTimeout(() => this.update(), SHOW_MS);
  }

  private update(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.paused) {
      this.log.add(this.arrived);
      this.arrived = [];
    }
    this.shown = this.log.held.filter((trace) => passes(trace, this.filter));
    this.dispatchEvent(new Event('change'));
  }

  private offer(
    registration: ServiceWorkerRegistration | undefined,
    { follow }: BackgroundFetchWatch,
  ): void {
    const { link, library } = this.sources;
    const { tabs, closed } = this;
    const tools = { link, library, tabs, follow, registration };
    this.techniques = viewTechniques(techniques, tools, closed.signal);
    this.updateSoon();
  }
}
