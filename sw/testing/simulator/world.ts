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
  /** An operation of the worker that was said to be fatal has come. */
  wasStruck = false;
  /** What the device takes for the date is so much off. */
  clockErrorMs = 0;
  /** Told of every request that reaches a host, before it is answered; may say what goes wrong. */
  onRequest: (number: number) => Fault | undefined = () => undefined;
  private requests = 0;

  constructor(seed: number, options: { keepsTrace: boolean; afterEach: () => void }) {
    this.time = new SimulatedTime(options.afterEach);
    this.dice = new Dice(seed);
    this.trace = new Trace(options.keepsTrace);
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
    const fault = this.dice.chance(rate) ? this.dice.pick(faults) : undefined;
    if (fault) this.strike(fault);
    return fault;
  }

  /** The same for one request of a host, where it may have been said before what goes wrong with it. */
  drawForRequest<F extends Fault>(faults: readonly F[]): F | undefined {
    this.requests += 1;
    const said = this.onRequest(this.requests);
    const planned = faults.find((fault) => fault === said);
    if (planned) this.strike(planned);
    return planned ?? this.draw(faults);
  }
}
