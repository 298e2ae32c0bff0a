import type { DeviceHappening } from './device-happenings.ts';
import { Dice } from './dice.ts';
import type { Moment } from './moments.ts';
import type { OriginFault } from './origin.ts';
import type { Command } from './wishes.ts';

/** Something that happens to the device from outside, at its time. */
export type Happening =
  | DeviceHappening
  | { kind: 'press'; command: Command; episode: number; page: number }
  | { kind: 'freeze-page'; page: number; forMs: number }
  | { kind: 'end-browser'; manner: 'killed' | 'closed'; forMs: number }
  | { kind: 'go-offline'; forMs: number; times: number }
  | { kind: 'two-workers' }
  | { kind: 'press-in-work'; command: Command; episode: number; afterOperations: number }
  | { kind: 'at-moment'; moment: Moment; episode: number; what: Happening[] }
  | { kind: 'republish'; episode: number }
  | { kind: 'fail-next'; episode: number; fault: OriginFault }
  | { kind: 'evict-segment'; episode?: number }
  | { kind: 'evict-everything' }
  | { kind: 'sync'; lastChance: boolean }
  | { kind: 'switch-engine' }
  | { kind: 'play'; episode: number }
  | { kind: 'user-aborts-fetch' };

export interface Schedule {
  seed: number;
  /** The sizes of the episodes. */
  sizes: number[];
  pages: number;
  hasBackgroundFetch: boolean;
  faultRate: number;
  /** When what happens; ascending. */
  happenings: { atMs: number; what: Happening }[];
  stormMs: number;
  /** What goes wrong at which request that reaches a host, counted from 1. */
  atRequests?: { request: number; what: OriginFault | Happening }[];
  /** The hosts: any, as chance has it, or such as do everything right. */
  hosts?: 'honest';
}

const YEAR_MS = 365 * 86_400_000;

/** Everything that a seed says before the world begins. */
export function scheduleOf(seed: number): Schedule {
  const dice = new Dice(seed);
  const sizes = Array.from({ length: dice.between(1, 3) }, () =>
    dice.pick([5_000, 200_000, 400_000, 600_000, 800_000]),
  );
  const pages = dice.between(1, 3);
  const stormMs = dice.pick([5_000, 30_000, 120_000, 600_000]);
  const count = dice.between(2, 14);
  const happenings = Array.from({ length: count }, () => ({
    atMs: dice.between(0, stormMs),
    what: happening(dice, sizes.length),
  }));
  for (const episode of sizes.keys()) {
    const what = { kind: 'press', command: 'start', episode, page: dice.between(0, 9) } as const;
    happenings.push({ atMs: dice.between(0, 2_000), what });
  }
  // Awaited early, because some of them come once or never.
  const moments = Array.from({ length: dice.between(0, 5) }, () => {
    const atMs = dice.between(0, stormMs / 4);
    const episode = dice.between(0, sizes.length - 1);
    return atMoment(dice, episode).map((what) => ({ atMs, what }));
  }).flat();
  happenings.push(...moments);
  happenings.sort((a, b) => a.atMs - b.atMs);
  return {
    seed,
    sizes,
    pages,
    hasBackgroundFetch: dice.chance(0.6),
    faultRate: dice.pick([0, 0.05, 0.2, 0.5]),
    happenings,
    stormMs,
  };
}

function happening(dice: Dice, episodes: number): Happening {
  const episode = dice.between(0, episodes - 1);
  const page = dice.between(0, 9);
  const press = (command: Command): Happening => ({ kind: 'press', command, episode, page });
  const makers: (() => Happening)[] = [
    () => press('start'),
    () => press('pause'),
    () => press('pause'),
    () => press('resume'),
    () => press('resume'),
    () => press('delete'),
    () => press('delete'),
    () => ({ kind: 'open-page' }),
    () => ({ kind: 'close-page', page }),
    () => ({ kind: 'freeze-page', page, forMs: dice.between(1_000, 90_000) }),
    () => ({ kind: 'kill-worker' }),
    () => ({ kind: 'two-workers' }),
    () => ({ kind: 'strike-worker', afterOperations: dice.between(1, 120), manner: 'dies' }),
    () => ({ kind: 'strike-worker', afterOperations: dice.between(1, 120), manner: 'dies' }),
    () => ({ kind: 'strike-worker', afterOperations: dice.between(1, 120), manner: 'throws' }),
    () => ({
      kind: 'end-browser',
      manner: dice.pick(['killed', 'closed'] as const),
      forMs: dice.pick([10, 60_000, 86_400_000]),
    }),
    () => ({ kind: 'go-offline', forMs: dice.between(50, 60_000), times: dice.pick([1, 1, 10]) }),
    () => ({ kind: 'fill-disk', commits: dice.between(1, 4) }),
    () => ({ kind: 'evict-segment' }),
    () => ({ kind: 'evict-everything' }),
    () => ({ kind: 'jump-clock', byMs: dice.pick([-10, -1, 1, 10]) * YEAR_MS }),
    () => ({ kind: 'update' }),
    () => ({ kind: 'sync', lastChance: dice.chance(0.3) }),
    () => ({ kind: 'switch-engine' }),
    () => ({ kind: 'play', episode }),
    () => ({ kind: 'user-aborts-fetch' }),
  ];
  return dice.pick(makers)();
}

/** What chance alone would hardly ever place right. */
function atMoment(dice: Dice, episode: number): Happening[] {
  const at = (moment: Moment, ...what: Happening[]): Happening => ({
    kind: 'at-moment',
    moment,
    episode,
    what,
  });
  const pressIn = (operations: number): Happening => ({
    kind: 'press-in-work',
    command: dice.pick(['pause', 'pause', 'delete'] as const),
    episode,
    afterOperations: dice.between(1, operations),
  });
  const makers: (() => Happening[])[] = [
    () => [at('begun', { kind: 'republish', episode }, { kind: 'play', episode })],
    () => [at('begun', { kind: 'two-workers' })],
    () => [{ kind: 'fail-next', episode, fault: 'reset' }, at('retried', pressIn(6))],
    () => [at('verifying', pressIn(8))],
    () => [at('verifying', { kind: 'evict-segment', episode })],
  ];
  return dice.pick(makers)();
}
