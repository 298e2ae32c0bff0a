import { Campaign } from '../campaign.ts';
import { outboxScheduleOf } from './schedule.ts';
import { type OutboxOutcome, simulateOutbox } from './simulate-outbox.ts';

/** Many worlds of mutations, each run twice. */
export class OutboxCampaign extends Campaign<OutboxOutcome> {
  mutations = 0;
  delivered = 0;
  entries = 0;

  constructor() {
    super(
      (seed, options) => simulateOutbox(outboxScheduleOf(seed), options),
      'npm run torture -- --outbox',
    );
  }

  override async run(seed: number): Promise<OutboxOutcome> {
    const outcome = await super.run(seed);
    this.mutations += outcome.mutations;
    this.delivered += outcome.delivered;
    this.entries += outcome.entries;
    return outcome;
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
}
