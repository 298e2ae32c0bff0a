import type { OutboxEntry } from '../../../../core/model/outbox.ts';
import type { World } from '../world.ts';
import type { Deliveries } from './deliveries.ts';
import type { Library } from './library.ts';
import type { Users } from './users.ts';

/** A due entry of an entity with which nothing is wrong is delivered within this time, once it is calm. */
const HELD_UP_MS = 3 * 60_000;
/** A question and its answer are under way no longer. */
const LONGEST_SEARCH_MS = 60_000;
/** Nobody tries anything that often. */
const MOST_TRIES = 150;

type Fate = 'delivered' | 'taken back';

/** Holds every committed state of the outbox against the last one (I13 to I15). */
export class Ledger {
  /** What became of the entries that are gone, by sequence. */
  readonly fates = new Map<number, Fate>();
  accepted = 0;
  private readonly sequences = new Map<string, number>();
  private readonly acceptedAt = new Map<number, number>();
  private readonly leasedAt = new Map<number, number>();
  private readonly dueSince = new Map<number, number>();
  private entries: readonly OutboxEntry[] = [];
  private readonly world: World;
  private readonly isAlive: (lifeId: string) => boolean;
  private readonly surroundings: () => {
    deliveries: Deliveries;
    library: Library;
    users: Users;
  };

  constructor(world: World, isAlive: Ledger['isAlive'], surroundings: Ledger['surroundings']) {
    this.world = world;
    this.isAlive = isAlive;
    this.surroundings = surroundings;
  }

  rows(): readonly OutboxEntry[] {
    return this.entries;
  }

  fateOf(key: string): 'unknown' | 'there' | Fate {
    const sequence = this.sequences.get(key);
    return sequence === undefined ? 'unknown' : (this.fates.get(sequence) ?? 'there');
  }

  check(entries: readonly OutboxEntry[]): void {
    const before = new Map(this.entries.map((entry) => [entry.sequence, entry]));
    for (const entry of entries) {
      const last = before.get(entry.sequence);
      before.delete(entry.sequence);
      if (last === entry) continue;
      if (last) this.checkChange(last, entry, entries);
      else this.checkNew(entry);
      if (entry.state === 'refused' && !entry.failure) this.say(entry, 'refused without a reason');
      if (entry.epoch > MOST_TRIES) this.say(entry, 'I15: it goes on for ever');
    }
    for (const gone of before.values()) this.checkGone(gone);
    this.entries = entries;
    for (const id of this.surroundings().library.unread()) {
      const isKept = entries.some(({ entity }) => entity === id);
      if (!isKept) this.world.violate(`${id} waits for its feed, and nobody brings it (lost)`);
    }
  }

  /** Called now and then once it is calm. */
  checkHeldUp(isWell: (entity: string) => boolean): void {
    const { date, time } = this.world;
    const first = new Map<string, OutboxEntry>();
    for (const entry of this.entries) if (!first.has(entry.entity)) first.set(entry.entity, entry);
    for (const entry of first.values()) {
      const { sequence, state, tries, entity } = entry;
      const { retryAt, waitsSince = 0 } = tries;
      const isDue = retryAt === undefined || date >= retryAt || date < waitsSince;
      if (state !== 'waiting' || !isDue || !isWell(entity)) {
        this.dueSince.delete(sequence);
        continue;
      }
      const since = this.dueSince.get(sequence) ?? time.nowMs;
      this.dueSince.set(sequence, since);
      if (time.nowMs - since > HELD_UP_MS) {
        this.say(entry, 'held up, though nothing is in its way (lost)');
        this.dueSince.delete(sequence);
      }
    }
  }

  /** A worker has just said that it keeps this for later. */
  checkKept(entity: string): void {
    const isKept = this.surroundings()
      .library.outbox()
      .some((row) => row.entity === entity);
    if (!isKept) this.world.violate(`${entity}: said to be kept, and is not (lost)`);
  }

  private checkNew(entry: OutboxEntry): void {
    const { entity, mutation, sequence, idempotencyKey } = entry;
    this.world.note(`${sequence} ${entity} ${mutation.kind} is accepted`);
    this.accepted += 1;
    this.acceptedAt.set(sequence, this.world.time.nowMs);
    if (this.sequences.has(idempotencyKey)) this.say(entry, 'a key was given twice (doubled)');
    if (this.fates.has(sequence))
      this.say(entry, `came back after it was ${this.fates.get(sequence)}`);
    this.sequences.set(idempotencyKey, sequence);
    const isCovered = this.entries.some(
      (other) =>
        other.entity === entity &&
        other.epoch === 0 &&
        [mutation.kind, 'subscribe'].includes(other.mutation.kind),
    );
    if (isCovered) this.say(entry, 'one that waits already does the same (doubled)');
  }

  private checkChange(
    last: OutboxEntry,
    entry: OutboxEntry,
    entries: readonly OutboxEntry[],
  ): void {
    const { sequence, entity, idempotencyKey, leaseOwner, epoch } = entry;
    const isSame =
      last.idempotencyKey === idempotencyKey &&
      last.entity === entity &&
      last.acceptedAt === entry.acceptedAt &&
      JSON.stringify(last.mutation) === JSON.stringify(entry.mutation);
    if (!isSame) this.say(entry, 'became another');
    if (epoch < last.epoch) this.say(entry, 'I6: the epoch went back');
    if (last.state !== entry.state) this.world.note(`${sequence} ${entity} is ${entry.state}`);
    if (epoch === last.epoch) return;
    this.leasedAt.set(sequence, this.world.time.nowMs);
    const owner = last.leaseOwner;
    if (owner !== undefined && owner !== leaseOwner && this.isAlive(owner)) {
      this.say(entry, `taken from ${owner}, which is at work on it (doubled)`);
    }
    const overtaken = entries.find((one) => one.entity === entity && one.sequence < sequence);
    if (overtaken) this.say(entry, `leased before ${overtaken.sequence} (reordered)`);
  }

  /** An entry is done, or nobody wants it any more: else it is lost. */
  private checkGone(entry: OutboxEntry): void {
    const { sequence, entity, mutation, idempotencyKey } = entry;
    const { deliveries, library, users } = this.surroundings();
    const target = library.targetOf(entity);
    const isSearch = mutation.kind === 'search';
    const since = isSearch ? this.searchedSince(sequence) : this.leasedAt.get(sequence);
    const isSent = isSearch || deliveries.appliedKeys.has(idempotencyKey);
    const version =
      since === undefined || !isSent ? undefined : deliveries.leastAnsweredSince(target, since);
    const isKept = version !== undefined && library.storedVersion(target) >= version;
    if (isKept) this.settle(entry, 'delivered');
    else if (users.tookBack(entry)) this.settle(entry, 'taken back');
    else {
      this.say(entry, 'gone, and was not done (lost)');
      this.fates.set(sequence, 'taken back');
    }
  }

  /** Somebody who asks the same question and looks on gets its answer without the outbox. */
  private searchedSince(sequence: number): number {
    return (this.acceptedAt.get(sequence) ?? 0) - LONGEST_SEARCH_MS;
  }

  private settle({ sequence, entity }: OutboxEntry, fate: Fate): void {
    this.world.note(`${sequence} ${entity} is ${fate}`);
    this.fates.set(sequence, fate);
  }

  private say({ sequence, entity, mutation }: OutboxEntry, words: string): void {
    this.world.violate(`${mutation.kind} ${sequence} of ${entity}: ${words}`);
  }
}
