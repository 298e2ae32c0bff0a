import type { Channel, MessageTrace, Trace } from '../core/contract/trace.ts';

/** A trace as the Inspector shows it. */
export interface ShownTrace extends MessageTrace {
  /** Counts up in the order of arrival; never the same twice while an Inspector is open. */
  id: number;
}

export interface TraceFilter {
  /** Channels that are left out. */
  hidden: ReadonlySet<Channel>;
  /** Only what this side saw; both where there is none. */
  seenBy: Trace['seenBy'] | undefined;
  /** Words that name, outcome or data must contain, in any case. */
  text: string;
}

/** The life of the worker that was heard of last. */
export interface WorkerLife {
  lifeId: string;
  build: string;
  ended: boolean;
}

/** Something had the worker look at its outbox, and an Inspector was open. */
export interface SeenWakeUp {
  /** ms since 1970. */
  at: number;
  /** A cause of `core/model/wake-up.ts`, if the worker is of this version. */
  by: string;
  /** What came of it; `undefined` until that is known, which it never is where the worker dies. */
  ledTo: string | undefined;
}

/** A `message` event whose data nobody read, by why. */
export type Dropped = Readonly<Record<string, number>>;

/**
 * What is said while an Inspector is open. Dispatches `change` at most every 50 ms. Holds the lines
 * open until it is closed; afterwards it is empty and of no use.
 */
export interface Inspection extends EventTarget {
  /** What passes the filter, oldest first. A new array with every change. */
  readonly shown: readonly ShownTrace[];
  /** How many are held, whatever the filter; at most `limit`. */
  readonly held: number;
  readonly limit: number;
  /** How many came while paused; they are shown when it goes on. */
  readonly waiting: number;
  readonly paused: boolean;
  /** How many were let go because there were more than `limit`, or more than could be sent. */
  readonly forgotten: number;
  readonly filter: TraceFilter;
  readonly worker: WorkerLife | undefined;
  /** Dropped by this life of the worker, and by this page since the Inspector was opened. */
  readonly dropped: { worker: Dropped; page: Dropped };
  /** Those that leave no row, newest first; at most fifty. */
  readonly wakeUps: readonly SeenWakeUp[];
  readonly techniques: readonly TechniqueView[];
  pause(): void;
  resume(): void;
  clear(): void;
  show(filter: Partial<TraceFilter>): void;
  /** Everything that is held, as JSON. */
  exported(): string;
  close(): void;
}

/** A button that causes something, and the code behind it. */
export interface TechniqueView {
  /** The name of its file, and the anchor of its section in docs/messages.md. */
  name: string;
  title: string;
  explanation: string;
  docs: string;
  /** The source of what it runs, cut out of its file when the app was built. */
  code: string;
  /** Why it cannot work in this browser; `undefined` where it can. */
  missing: string | undefined;
  /**
   * Runs until it is done or stopped. Resolves with a sentence about what happened; rejects with
   * whatever the technique threw.
   */
  run(stop: AbortSignal): Promise<string>;
}
