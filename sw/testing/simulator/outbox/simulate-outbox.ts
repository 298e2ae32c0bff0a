import type { OutboxEntry } from '../../../../core/model/outbox.ts';
import { type Outcome, runWorld } from '../run-world.ts';
import { backOnline, happen } from './happen.ts';
import type { OutboxSchedule } from './schedule.ts';
import { type OutboxStage, setUp } from './stage.ts';

/** What people were told is kept for later, and how much of it was done; the rest was taken back. */
interface Kept {
  mutations: number;
  delivered: number;
}

export interface OutboxOutcome extends Outcome, Kept {
  /** The rows that they were kept in. One row may stand for several. */
  entries: number;
}

/** Retry-After may keep something waiting for six hours. */
const PATIENCE_MS = 2 * 86_400_000;
const LOOK_MS = 60_000;
const ROUNDS = 4;

/** Runs one schedule from its first to its last moment, and checks it all the way. */
export async function simulateOutbox(
  schedule: OutboxSchedule,
  { keepsTrace = false } = {},
): Promise<OutboxOutcome> {
  let kept: Kept = { mutations: 0, delivered: 0 };
  const { stage, outcome } = await runWorld(
    { seed: schedule.seed, keepsTrace },
    {
      setUp: (world) => setUp(world, schedule),
      check: ({ ledger, storage }) => ledger.check(storage.all<OutboxEntry>('outbox')),
      async run(all) {
        await storm(all, schedule);
        kept = await calm(all);
      },
    },
  );
  return { ...outcome, ...kept, entries: stage.ledger.accepted };
}

/** The time in which things go wrong. */
async function storm(stage: OutboxStage, schedule: OutboxSchedule): Promise<void> {
  const { world, openPage } = stage;
  world.faultRate = schedule.faultRate;
  for (let page = 0; page < schedule.pages; page += 1) openPage();
  for (const { atMs, what } of schedule.happenings) {
    world.time.after(atMs, () => happen(stage, what));
  }
  await world.time.pass(() => false, schedule.stormMs);
}

/**
 * Nothing goes wrong any more but with the subjects that ail: all others must be done without them.
 * Then those are well, too, and people press Retry on what was refused.
 */
async function calm(stage: OutboxStage): Promise<Kept> {
  const { world, browser, farSide, ledger, library, users, openPage } = stage;
  world.faultRate = 0;
  world.isCalm = true;
  world.note('calm');
  for (const life of browser.livesLeft) life.spare();
  backOnline(stage);
  const page = openPage();
  const isWell = (entity: string) =>
    farSide.subjects.get(library.targetOf(entity))?.ailment === undefined;
  const passUntil = async (isDone: () => boolean) => {
    const end = world.time.nowMs + PATIENCE_MS;
    while (!isDone() && world.time.nowMs < end) {
      await world.time.pass(isDone, LOOK_MS);
      ledger.checkHeldUp(isWell);
    }
  };
  await passUntil(() =>
    ledger.rows().every((row) => row.state === 'refused' || !isWell(row.entity)),
  );
  for (const subject of farSide.subjects.values()) subject.ailment = undefined;
  for (let round = 0; round < ROUNDS && ledger.rows().length > 0; round += 1) {
    for (const row of ledger.rows()) {
      if (row.state === 'refused') await pass(stage, users.retry(page, row));
    }
    await passUntil(() => ledger.rows().every((row) => row.state === 'refused'));
  }
  for (const { entity, state } of ledger.rows()) {
    world.violate(`${entity}: still ${state} when everything is well (lost)`);
  }
  for (const double of library.doubles()) world.violate(`${double} is here twice (doubled)`);
  return users.checkPromises();
}

/** Lets time go by until this is done. */
async function pass({ world }: OutboxStage, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  work
    .catch((error) => world.note(`in vain: ${error}`))
    .finally(() => {
      isDone = true;
    });
  await world.time.pass(() => isDone, 600_000);
}
