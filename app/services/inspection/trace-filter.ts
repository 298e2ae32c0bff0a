import type { MessageTrace } from '../../../core/contract/trace.ts';
import type { TraceFilter } from '../../inspection-view.ts';

/** Whether a trace is to be shown. */
export function passes(trace: MessageTrace, { hidden, seenBy, text }: TraceFilter): boolean {
  if (hidden.has(trace.channel)) return false;
  if (seenBy && trace.seenBy !== seenBy) return false;
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return true;
  const { type, outcome, data } = trace;
  return [type, outcome, data].some((words) => words?.toLowerCase().includes(wanted));
}
