import type { Trace } from '../core/contract/trace.ts';

/** A trace with its place in the recording. */
export interface ShownTrace extends Trace {
  id: number;
}
