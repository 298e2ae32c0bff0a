import type { DeviceHappening } from '../device-happenings.ts';
import { Dice } from '../dice.ts';
import type { Subject } from './far-side.ts';

/** Something that happens, at its time. `subject` and `page` count round. */
export type Happening =
  | DeviceHappening
  | { kind: 'subscribe' | 'refresh' | 'search' | 'unsubscribe'; subject: number; page: number }
  | { kind: 'retry' | 'discard'; page: number }
  | { kind: 'publish'; subject: number }
  | { kind: 'two-workers' }
  | { kind: 'end-browser'; forMs: number }
  | { kind: 'go-offline'; forMs: number }
  | { kind: 'sync'; lastChance: boolean }
  | { kind: 'periodic-sync' };

export interface OutboxSchedule {
  seed: number;
  feeds: number;
  queries: number;
  /** How many of the feeds are in the library from the beginning. */
  known: number;
  /** What is wrong with the first subjects until everything else is done. */
  ailments: NonNullable<Subject['ailment']>[];
  pages: number;
  hasBackgroundSync: boolean;
  /** Whether pages ask for downloads as well, as they do in the app. */
  looksForDownloads: boolean;
  faultRate: number;
  /** Ascending. */
  happenings: { atMs: number; what: Happening }[];
  stormMs: number;
}

const YEAR_MS = 365 * 86_400_000;
const AFTERWARDS_MS = 4_000;

export function outboxScheduleOf(seed: number): OutboxSchedule {
  const dice = new Dice(seed);
  const feeds = dice.pick([2, 8, 24]);
  const queries = dice.pick([1, 6, 16]);
  const stormMs = dice.pick([20_000, 120_000, 900_000]);
  const at = (what: Happening) => ({ atMs: dice.between(0, stormMs), what });
  const wishes = Array.from({ length: dice.between(5, 30) }, () => at(wish(dice)));
  const blows = Array.from({ length: dice.between(0, 14) }, () => at(blow(dice)));
  // A tunnel, and somebody who goes on pressing in it, and while what was kept is delivered.
  const tunnels = Array.from({ length: dice.between(3, 6) }, () => {
    const forMs = dice.pick([1_000, 10_000, 60_000]);
    const { atMs, what } = at({ kind: 'go-offline', forMs });
    const pressed = Array.from({ length: dice.between(10, 50) }, () =>
      asking(dice, atMs + dice.between(0, forMs + AFTERWARDS_MS)),
    ).flat();
    return [{ atMs, what }, ...pressed];
  }).flat();
  // Who asks twice asks soon: while the first is under way.
  const again = wishes
    .filter(() => dice.chance(0.3))
    .map(({ atMs, what }) => ({ atMs: atMs + dice.pick([1, 50, 900, 4_000]), what }));
  return {
    seed,
    feeds,
    queries,
    known: dice.between(1, feeds),
    ailments: Array.from({ length: dice.between(0, 2) }, () =>
      dice.pick(['stall', 'server-error', 'denied'] as const),
    ),
    pages: dice.between(1, 2),
    hasBackgroundSync: dice.chance(0.6),
    looksForDownloads: dice.chance(0.05),
    faultRate: dice.pick([0.02, 0.1, 0.3, 0.6]),
    happenings: [...wishes, ...again, ...tunnels, ...blows].sort((a, b) => a.atMs - b.atMs),
    stormMs,
  };
}

/** Somebody asks for something, and often just because there is something new. */
function asking(dice: Dice, atMs: number): { atMs: number; what: Happening }[] {
  const what = mutation(dice);
  if (what.kind !== 'refresh' || dice.chance(0.5)) return [{ atMs, what }];
  return [
    { atMs, what: { kind: 'publish', subject: what.subject } },
    { atMs, what },
  ];
}

function mutation(dice: Dice): Happening & { subject: number } {
  const kind = dice.pick(['subscribe', 'refresh', 'refresh', 'search', 'search'] as const);
  return { kind, subject: dice.between(0, 999), page: dice.between(0, 9) };
}

function wish(dice: Dice): Happening {
  const subject = dice.between(0, 999);
  const page = dice.between(0, 9);
  const makers: (() => Happening)[] = [
    () => mutation(dice),
    () => mutation(dice),
    () => mutation(dice),
    () => mutation(dice),
    () => mutation(dice),
    () => mutation(dice),
    () => mutation(dice),
    () => ({ kind: 'publish', subject }),
    () => ({ kind: 'publish', subject }),
    () => (dice.chance(0.5) ? { kind: 'unsubscribe', subject, page } : { kind: 'discard', page }),
    () => ({ kind: 'retry', page }),
  ];
  return dice.pick(makers)();
}

function blow(dice: Dice): Happening {
  const strike = (manner: 'dies' | 'throws'): Happening => ({
    kind: 'strike-worker',
    afterOperations: dice.between(1, 80),
    manner,
  });
  const makers: (() => Happening)[] = [
    () => strike('dies'),
    () => strike('dies'),
    () => strike('throws'),
    () => ({ kind: 'kill-worker' }),
    () => ({ kind: 'two-workers' }),
    () => ({ kind: 'two-workers' }),
    () => ({ kind: 'update' }),
    () => ({ kind: 'open-page' }),
    () => ({ kind: 'close-page', page: dice.between(0, 9) }),
    () => ({ kind: 'end-browser', forMs: dice.pick([10, 60_000, 86_400_000]) }),
    () => ({ kind: 'fill-disk', commits: dice.between(1, 3) }),
    () => ({ kind: 'jump-clock', byMs: dice.pick([-10, -1, 1, 10]) * YEAR_MS }),
    () => ({ kind: 'sync', lastChance: dice.chance(0.3) }),
    () => ({ kind: 'periodic-sync' }),
  ];
  return dice.pick(makers)();
}
