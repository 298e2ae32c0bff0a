import type { PodcastId } from '../../../../core/model/ids.ts';
import type { OutboxEntry } from '../../../../core/model/outbox.ts';
import type { Page } from '../page.ts';
import type { World } from '../world.ts';
import type { FarSide } from './far-side.ts';
import type { Ledger } from './ledger.ts';
import type { Library } from './library.ts';

const TIMEOUT_MS = 60_000;

/** Something a person asked for. Copies of it may be under way when the answer is long here. */
interface Asked {
  target: string;
  at: number;
  open: number;
  endedAt: number;
}

/** Something that a person was told is taken care of. */
interface Promised {
  kind: 'subscribe' | 'refresh' | 'search';
  target: string;
  /** When it was asked for, in the world's own time. */
  at: number;
  /** What the far side had at that moment: this, or more, must come. */
  version: number;
  /** It is to be done later: the outbox has it. */
  waits: boolean;
}

/** What people press, and what they were promised. */
export class Users {
  readonly promises: Promised[] = [];
  private readonly world: World;
  private readonly farSide: FarSide;
  private readonly library: Library;
  private readonly ledger: Ledger;
  private readonly goodbyes: Asked[] = [];
  private readonly discards = new Map<number, Asked>();

  constructor(world: World, farSide: FarSide, library: Library, ledger: Ledger) {
    this.world = world;
    this.farSide = farSide;
    this.library = library;
    this.ledger = ledger;
  }

  async subscribe(page: Page, target: string): Promise<void> {
    const promise = this.promise('subscribe', target);
    const answer = await page.send('podcast/subscribe', { address: target }, TIMEOUT_MS);
    const waits = this.library.podcastAt(target)?.refreshedAt === 0;
    if (answer.ok) this.promises.push({ ...promise, waits });
  }

  async refresh(page: Page, target: string): Promise<void> {
    const podcastId = this.library.podcastAt(target)?.id;
    if (!podcastId) return;
    const promise = this.promise('refresh', target);
    const answer = await page.send('podcast/refresh', { podcastId }, TIMEOUT_MS);
    if (answer.ok) this.promises.push({ ...promise, waits: answer.value.waits });
  }

  async search(page: Page, target: string): Promise<void> {
    const query = target.replace(/^search /, '');
    const promise = this.promise('search', target);
    const answer = await page.send('directory/search', { query, keep: true }, TIMEOUT_MS);
    if (answer.ok) this.promises.push({ ...promise, waits: answer.value.waits });
  }

  async unsubscribe(page: Page, target: string): Promise<void> {
    const podcastId = this.library.podcastAt(target)?.id;
    if (podcastId) await this.sayGoodbye(page, target, podcastId);
  }

  private async sayGoodbye(page: Page, target: string, podcastId: PodcastId): Promise<void> {
    const asked = this.ask(target);
    this.goodbyes.push(asked);
    await page.send('podcast/unsubscribe', { podcastId }, TIMEOUT_MS, copiesOf(asked, this.world));
  }

  async discard(page: Page): Promise<void> {
    const entry = this.anEntry();
    if (!entry) return;
    const { sequence, entity, mutation } = entry;
    const target = this.library.targetOf(entity);
    const asked = this.ask(target);
    this.discards.set(sequence, asked);
    // What has never been read goes with it, and all that is asked of it.
    if (mutation.kind === 'subscribe') this.goodbyes.push(asked);
    await page.send('outbox/discard', { sequence }, TIMEOUT_MS, copiesOf(asked, this.world));
    const isThere = this.ledger.rows().some((row) => row.sequence === sequence);
    if (isThere) this.world.violate(`${sequence} of ${entity}: discarded, and still there`);
  }

  async retry(page: Page, chosen = this.anEntry()): Promise<void> {
    if (!chosen) return;
    const { sequence, entity, epoch } = chosen;
    await page.send('outbox/retry', { sequence }, TIMEOUT_MS);
    const row = this.ledger.rows().find((it) => it.sequence === sequence);
    if (row?.state === 'refused' && row.epoch === epoch) {
      this.world.violate(`${sequence} of ${entity}: it is to be tried again, and is not`);
    }
  }

  /** Whether somebody said that it is not wanted any more. */
  tookBack({ sequence, entity }: OutboxEntry): boolean {
    const target = this.library.targetOf(entity);
    return this.discards.has(sequence) || this.goodbyes.some((it) => it.target === target);
  }

  /** I14, in the end: what was promised is here, unless it was taken back since. */
  checkPromises(): { mutations: number; delivered: number } {
    let delivered = 0;
    for (const { kind, target, at, version, waits } of this.promises) {
      const stored = this.library.storedVersion(target);
      const takenBack = [...this.goodbyes, ...this.discards.values()].some(
        (it) => it.target === target && (it.open > 0 || it.endedAt >= at),
      );
      if (waits && !takenBack && stored >= version) delivered += 1;
      if (takenBack || stored >= version) continue;
      const words = `${kind} ${target}: promised ${version}, and ${stored} is here (lost)`;
      this.world.violate(words);
    }
    return { mutations: this.promises.filter(({ waits }) => waits).length, delivered };
  }

  private promise(kind: Promised['kind'], target: string): Promised {
    // Only who refreshes asks for what is there at this moment.
    const version = kind !== 'refresh' ? 1 : (this.farSide.subjects.get(target)?.version ?? 0);
    return { kind, target, at: this.world.time.nowMs, version, waits: false };
  }

  private ask(target: string): Asked {
    return { target, at: this.world.time.nowMs, open: 0, endedAt: this.world.time.nowMs };
  }

  private anEntry(): OutboxEntry | undefined {
    const rows = this.ledger.rows();
    const refused = rows.filter(({ state }) => state === 'refused');
    if (refused.length > 0) return this.world.dice.pick(refused);
    return rows.length > 0 ? this.world.dice.pick(rows) : undefined;
  }
}

function copiesOf(asked: Asked, { time }: World) {
  return {
    began: () => {
      asked.open += 1;
    },
    ended: () => {
      asked.open -= 1;
      asked.endedAt = time.nowMs;
    },
  };
}
