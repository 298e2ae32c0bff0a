import type { MessageTrace, Trace } from '../../../core/contract/trace.ts';
import type { SeenWakeUp } from '../../inspection-view.ts';

const MOST = 50;

export function isMessage(trace: Trace): trace is MessageTrace {
  return trace.channel !== 'wake-up';
}

/** Puts the begin and the end of each wake-up together. The worker records both, so they come in order. */
export class WakeUpLog {
  /** Newest first. A new array with every change. */
  seen: readonly SeenWakeUp[] = [];
  private readonly open = new Map<string, SeenWakeUp>();

  add({ exchangeId, phase, at, type, outcome }: Trace): void {
    if (exchangeId === undefined) return;
    const begun = this.open.get(exchangeId);
    if (phase === 'begin') {
      const wakeUp = { at, by: type, ledTo: undefined };
      this.open.set(exchangeId, wakeUp);
      this.seen = [wakeUp, ...this.seen].slice(0, MOST);
    } else if (begun) {
      this.open.delete(exchangeId);
      const ended = { ...begun, ledTo: outcome };
      this.seen = this.seen.map((wakeUp) => (wakeUp === begun ? ended : wakeUp));
    }
  }
}
