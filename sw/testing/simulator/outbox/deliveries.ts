import type { OutboxEntry } from '../../../../core/model/outbox.ts';
import type { World } from '../world.ts';

/** A good answer that has come whole. */
interface Answered {
  at: number;
  version: number;
}

/** What goes over the wire, held against the rows as they are committed at that moment. */
export class Deliveries {
  /** Keys that the far side has applied. */
  readonly appliedKeys = new Set<string>();
  private readonly answers = new Map<string, Answered[]>();
  private readonly underWay = new Map<string, string>();
  private readonly world: World;
  private readonly isAlive: (lifeId: string) => boolean;
  private readonly book: {
    rows(): readonly OutboxEntry[];
    fateOf(key: string): 'unknown' | 'there' | 'delivered' | 'taken back';
  };

  constructor(world: World, isAlive: Deliveries['isAlive'], book: Deliveries['book']) {
    this.world = world;
    this.isAlive = isAlive;
    this.book = book;
  }

  /** A request leaves. */
  begins(lifeId: string, key: string): void {
    const { world } = this;
    const rows = this.book.rows();
    const entry = rows.find(({ idempotencyKey }) => idempotencyKey === key);
    const fate = this.book.fateOf(key);
    if (fate === 'unknown') world.violate(`${key} was never accepted (doubled)`);
    if (fate === 'delivered') world.violate(`${key} is sent again after it was done (doubled)`);
    const before = rows.filter((row) => entry && row.entity === entry.entity);
    if (entry && before.some(({ sequence }) => sequence < entry.sequence)) {
      world.violate(`${entry.sequence} of ${entry.entity} overtakes (reordered)`);
    }
    const other = this.underWay.get(key);
    if (other && this.isAlive(other)) world.violate(`${key} is sent twice at once (doubled)`);
    this.underWay.set(key, lifeId);
  }

  ends(lifeId: string, key: string): void {
    if (this.underWay.get(key) === lifeId) this.underWay.delete(key);
  }

  applied(key: string): void {
    this.appliedKeys.add(key);
  }

  answered(_lifeId: string, target: string, version: number): void {
    const answers = this.answers.get(target) ?? [];
    answers.push({ at: this.world.time.nowMs, version });
    this.answers.set(target, answers);
  }

  /** The oldest version that an answer has brought since `at`, in the world's own time. */
  leastAnsweredSince(target: string, at: number): number | undefined {
    const versions = (this.answers.get(target) ?? [])
      .filter((answer) => answer.at >= at)
      .map(({ version }) => version);
    return versions.length > 0 ? Math.min(...versions) : undefined;
  }
}
