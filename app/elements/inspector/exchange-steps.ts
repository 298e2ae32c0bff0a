import type { ShownTrace } from '../../inspection-view.ts';
import { isFailed, PARTY_NAMES } from './trace-words.ts';

/** One trace of an exchange, as a step on its way. */
export interface Step {
  trace: ShownTrace;
  words: string;
  /** Since the step before; 0 for the first. */
  sinceMs: number;
  failed: boolean;
}

/** The traces of one exchange in the order of time, each told by the side that saw it. */
export function exchangeSteps(traces: readonly ShownTrace[]): Step[] {
  const sorted = [...traces].sort((one, other) => one.at - other.at || one.id - other.id);
  return sorted.map((trace, index) => ({
    trace,
    words: wordsOf(trace),
    // Two clocks: what seems to arrive before it was sent came at once.
    sinceMs: Math.max(0, trace.at - (sorted[index - 1]?.at ?? trace.at)),
    failed: isFailed(trace),
  }));
}

function wordsOf(trace: ShownTrace): string {
  const { seenBy, from, to, phase, channel, event } = trace;
  const who = PARTY_NAMES[seenBy];
  if (phase === 'end' && seenBy === to && !event && isFailed(trace))
    return `${who} gave up waiting`;
  if (channel === 'event') return phase === 'end' ? `${who} was done` : `${who} was woken`;
  if (seenBy === from) {
    if (phase === 'end') return `${who} answered`;
    return `${who} ${phase === 'begin' && channel === 'request' ? 'asked' : 'said it'}`;
  }
  return phase === 'end' ? `${who} had the answer` : `${who} heard it`;
}
