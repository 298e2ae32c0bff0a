import { Dice } from './dice.ts';
import { type Fault, FaultTally } from './faults.ts';
import { SimulatedTime } from './time.ts';
import { Trace } from './trace.ts';

/** What everything in one simulated world shares: time, chance, and the record of what happened. */
export class World {
  readonly time: SimulatedTime;
  readonly dice: Dice;
  readonly trace: Trace;
  readonly faults = new FaultTally();
  /** What must never happen, and did. */
  readonly violations: string[] = [];
  /** How likely each single thing is to go wrong; 0 once the storm is over. */
  faultRate = 0;
  isOnline = true;
  /** Nothing goes wrong any more. */
  isCalm = false;
  /** What the device takes for the date is so much off. */
  clockErrorMs = 0;
  private readonly plannedFaults: (Fault | undefined)[] | undefined;

  constructor(
    seed: number,
    options: { keepsTrace: boolean; afterEach: () => void; plannedFaults?: (Fault | undefined)[] },
  ) {
    this.time = new SimulatedTime(options.afterEach);
    this.dice = new Dice(seed);
    this.trace = new Trace(options.keepsTrace);
    this.plannedFaults = options.plannedFaults;
  }

  /** ms since 1970, as the device has it. */
  get date(): number {
    return Date.UTC(2026, 10, 1) + Math.round(this.time.nowMs) + this.clockErrorMs;
  }

  note(words: string): void {
    this.trace.note(Math.round(this.time.nowMs), words);
  }

  violate(words: string): void {
    if (this.violations.length >= 20) return;
    this.violations.push(words);
    this.note(`VIOLATION ${words}`);
  }

  /** A fault happens. */
  strike(fault: Fault): void {
    this.faults.note(fault);
    this.note(`fault: ${fault}`);
  }

  /** Whether one of these goes wrong now, and which; the same question for all that may go wrong. */
  draw<F extends Fault>(faults: readonly F[], rate = this.faultRate): F | undefined {
    const fault = this.plannedFaults
      ? faults.find((one) => one === this.plannedFaults?.[0])
      : this.dice.chance(rate)
        ? this.dice.pick(faults)
        : undefined;
    if (this.plannedFaults && faults.length > 0) this.plannedFaults.shift();
    if (fault) this.strike(fault);
    return fault;
  }
}
