import { FaultTally } from './faults.ts';
import type { Outcome } from './run-world.ts';

/** The seeds that `npm test` runs are below this one. */
const FIRST_NEW_SEED = 1_000_000;

/** A seed that nobody has tried. */
export function aNewSeed(): number {
  return FIRST_NEW_SEED + Math.floor(Math.random() * 1e9);
}

/** Runs the world of one seed. */
type Simulate<Found> = (seed: number, options?: { keepsTrace: boolean }) => Promise<Found>;

/** Many worlds, one seed each, and what came of them. */
export class Campaign<Found extends Outcome = Outcome> {
  schedules = 0;
  /** Commits of the database that were held against the invariants. */
  checks = 0;
  readonly faults = new FaultTally();
  /** The worlds in which something was not as it must be. */
  readonly failed: Found[] = [];
  private readonly simulate: Simulate<Found>;
  /** What shows one seed again. */
  private readonly command: string;

  constructor(simulate: Simulate<Found>, command: string) {
    this.simulate = simulate;
    this.command = command;
  }

  /** @param twice both runs must leave the same trace: a seed that fails can be run again */
  async run(seed: number, twice = true): Promise<Found> {
    const outcome = await this.simulate(seed);
    if (twice) {
      const again = await this.simulate(seed);
      if (again.traceDigest !== outcome.traceDigest) {
        const both = `${outcome.traceDigest}, then ${again.traceDigest}`;
        outcome.violations.push(`two runs of one seed differ: ${both}`);
      }
    }
    this.schedules += 1;
    this.checks += outcome.checks;
    this.faults.add(outcome.faults);
    if (outcome.violations.length > 0) this.failed.push(outcome);
    return outcome;
  }

  /** The worlds that failed, with the command that shows each again. */
  get failures(): string[] {
    return this.failed.map(
      ({ seed, violations }) =>
        `${this.command} --seed ${seed}: ${violations.slice(0, 3).join('; ')}`,
    );
  }

  /** Prints what went wrong how often, and what failed. */
  print(): void {
    const byKind = [...this.faults.counts].sort(([, a], [, b]) => b - a);
    for (const [fault, count] of byKind) console.log(`${String(count).padStart(8)}  ${fault}`);
    for (const failure of this.failures) console.log(failure);
  }

  /** Runs one seed and prints everything that happens. Resolves with whether all held. */
  async replay(seed: number, schedule: object): Promise<boolean> {
    const { trace, traceDigest, violations } = await this.simulate(seed, { keepsTrace: true });
    console.log(JSON.stringify(schedule, undefined, 1));
    console.log(trace);
    console.log(`${traceDigest}; ${violations.length} violations`);
    for (const violation of violations) console.log(violation);
    return violations.length === 0;
  }
}
