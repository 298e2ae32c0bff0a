import type { MessageTrace } from '../../../core/contract/trace.ts';
import type { ShownTrace } from '../../inspection-view.ts';

/**
 * The last traces in order of time. The two sides come by different ways, so one that is a little
 * older than the last may still arrive.
 */
export class TraceLog {
  /** A new array with every change. */
  held: readonly ShownTrace[] = [];
  /** How many were let go because there were more than `limit`. */
  forgotten = 0;
  readonly limit: number;
  private ids = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  add(traces: readonly MessageTrace[]): void {
    if (traces.length === 0) return;
    const numbered = traces.map((trace) => ({ ...trace, id: ++this.ids }));
    // Sorting is stable and nearly all of it is in order already.
    const all = [...this.held, ...numbered].sort((one, other) => one.at - other.at);
    const tooMany = Math.max(0, all.length - this.limit);
    this.forgotten += tooMany;
    this.held = tooMany === 0 ? all : all.slice(tooMany);
  }

  clear(): void {
    this.held = [];
    this.forgotten = 0;
  }
}
