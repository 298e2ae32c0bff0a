import { checkAtRest } from './at-rest.ts';
import { happen } from './happen.ts';
import type { Rows } from './raw-storage.ts';
import { type Outcome, runWorld } from './run-world.ts';
import type { Happening, Schedule } from './schedule.ts';
import { type Stage, setUp } from './stage.ts';

interface DownloadsOutcome extends Outcome {
  /** How many episodes are downloaded in the end. */
  committed: number;
  /** Whether an operation of the worker was struck. */
  wasStruck: boolean;
}

/** A device that waits for its retries may take days, but not for ever. */
const PATIENCE_MS = 4 * 86_400_000;
const ROUNDS = 3;

/** Runs one schedule from its first to its last moment, and checks it all the way. */
export async function simulate(
  schedule: Schedule,
  { keepsTrace = false } = {},
): Promise<DownloadsOutcome> {
  const { stage, outcome } = await runWorld(
    { seed: schedule.seed, keepsTrace },
    {
      setUp: (world) => setUp(world, schedule),
      check,
      async run(all) {
        await storm(all, schedule);
        await calm(all);
      },
    },
  );
  const { downloads } = stage.storage.rows();
  const committed = downloads.filter(({ state }) => state.kind === 'committed').length;
  return { ...outcome, committed, wasStruck: stage.world.wasStruck };
}

function check(stage: Stage): void {
  const { world, invariants, moments, storage } = stage;
  const rows = storage.rows();
  invariants.check(rows);
  const come = moments.come(rows);
  // Behind this look: what happens there has one of its own.
  if (come.length > 0) world.time.after(0, () => happenAtMoment(stage, come));
}

function happenAtMoment(stage: Stage, come: readonly Happening[]): void {
  // What the user does may come at any time.
  for (const what of come)
    if (!stage.world.isCalm || what.kind === 'press-in-work') happen(stage, what);
}

/** The time in which things go wrong. */
async function storm(stage: Stage, schedule: Schedule): Promise<void> {
  const { world, browser, moments, storage, openPage } = stage;
  world.faultRate = schedule.faultRate;
  browser.onRequest = (type) => {
    if (type !== 'downloads/advance') return;
    happenAtMoment(stage, moments.come(storage.rows(), world.date));
  };
  world.onRequest = (number) => {
    const planned = schedule.atRequests?.filter(({ request }) => request === number) ?? [];
    for (const { what } of planned) if (typeof what === 'object') happen(stage, what);
    return planned.map(({ what }) => what).find((what) => typeof what === 'string');
  };
  for (let page = 0; page < schedule.pages; page += 1) openPage();
  for (const { atMs, what } of schedule.happenings) {
    world.time.after(atMs, () => happen(stage, what));
  }
  await world.time.pass(() => false, schedule.stormMs);
}

/** What is only looked at when a page opens: the next one finds what came up after the last one's look. */
function isLeftForNextPage({ downloads, attempts }: Rows): boolean {
  const wanted = new Set(downloads.map(({ attemptId }) => attemptId));
  return (
    attempts.some(({ id }) => !wanted.has(id)) ||
    downloads.some(({ state }) => state.kind === 'paused' && state.reason === 'space')
  );
}

/** Nothing goes wrong any more: everything must come to its end, and be right there. */
async function calm(stage: Stage): Promise<void> {
  const { world, browser, storage, origins, openPage } = stage;
  world.faultRate = 0;
  world.isCalm = true;
  world.isOnline = true;
  world.note('calm');
  for (const page of browser.openPages) {
    page.isFrozen = false;
    page.hear();
  }
  for (const life of browser.livesLeft) life.spare();
  for (let round = 0; round < ROUNDS; round += 1) {
    const last = openPage();
    const isOver = () =>
      last.isIdle && browser.background.live.length === 0 && !browser.life?.isAtWork;
    await world.time.pass(isOver, PATIENCE_MS);
    if (!isLeftForNextPage(storage.rows())) break;
  }
  let isChecked = false;
  checkAtRest(world, browser, storage.rows(), origins)
    .catch((error) => world.violate(`looking at the end failed: ${error}`))
    .finally(() => {
      isChecked = true;
    });
  await world.time.pass(() => isChecked, 600_000);
  if (!isChecked) world.violate('looking at the end does not end');
}
