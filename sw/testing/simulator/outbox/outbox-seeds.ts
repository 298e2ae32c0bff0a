import { FaultTally } from '../faults.ts';
import { outboxScheduleOf } from './schedule.ts';
import { type OutboxOutcome, simulateOutbox } from './simulate-outbox.ts';

/** What came of many schedules of mutations. */
export class OutboxCampaign {
  schedules = 0;
  mutations = 0;
  delivered = 0;
  entries = 0;
  /** Commits of the database that were held against the invariants. */
  checks = 0;
  readonly faults = new FaultTally();
  /** The worlds in which something was not as it must be. */
  readonly failed: OutboxOutcome[] = [];

  /** Runs one schedule twice; both runs must leave the same trace. */
  async run(seed: number): Promise<void> {
    const outcome = await simulateOutbox(outboxScheduleOf(seed));
    const again = await simulateOutbox(outboxScheduleOf(seed));
    if (again.traceDigest !== outcome.traceDigest) {
      const both = `${outcome.traceDigest}, then ${again.traceDigest}`;
      outcome.violations.push(`two runs of one seed differ: ${both}`);
    }
    this.schedules += 1;
    this.mutations += outcome.mutations;
    this.delivered += outcome.delivered;
    this.entries += outcome.entries;
    this.checks += outcome.checks;
    this.faults.add(outcome.faults);
    if (outcome.violations.length > 0) this.failed.push(outcome);
  }

  /** One line: what was tried, and what came of it. */
  get report(): string {
    const { mutations, delivered, entries, schedules, checks } = this;
    const said = (word: string) =>
      this.failed.flatMap(({ violations }) => violations).filter((it) => it.includes(word)).length;
    return (
      `outbox: ${mutations} mutations in ${entries} rows, ${delivered} delivered, the others taken ` +
      `back by the user; lost ${said('(lost)')}, doubled ${said('(doubled)')}, reordered ${said('(reordered)')} ` +
      `(${schedules} schedules, each twice, ${checks} commits checked, ${this.failed.length} failed)`
    );
  }

  /** Every violation, with the seed that shows it again. */
  get failures(): string[] {
    return this.failed.map(
      ({ seed, violations }) =>
        `npm run torture -- --outbox --seed ${seed}: ${violations.slice(0, 3).join('; ')}`,
    );
  }
}
