import { expect, it } from 'vitest';
import type { OriginFault } from './origin.ts';
import type { Happening, Schedule } from './schedule.ts';
import { simulate } from './simulate.ts';

/*
 * Exhaustive within these bounds: two episodes of three segments, two tabs that press Download, the
 * first eight requests that reach a host (a probe and three ranges for each), every fault of the
 * list at each of them, and every pair of two such faults, with either engine.
 */

/** `npm test` takes every fourth schedule; `SIMULATE_ALL=1 npm test -- unit two-faults` all of them. */
const STRIDE = process.env.SIMULATE_ALL ? 1 : 4;

const REQUESTS = [1, 2, 3, 4, 5, 6, 7, 8];

const FAULTS: (OriginFault | Happening)[] = [
  'reset',
  'content-changed',
  'server-error',
  { kind: 'kill-worker' },
  { kind: 'end-browser', manner: 'killed', forMs: 1_000 },
  { kind: 'fill-disk', commits: 1 },
];

type Placed = NonNullable<Schedule['atRequests']>[number];

const placed: Placed[] = REQUESTS.flatMap((request) => FAULTS.map((what) => ({ request, what })));

/** None, one or two of them, each set once. */
function upToTwo(): Placed[][] {
  const pairs = placed.flatMap((one, index) =>
    placed.slice(index + 1).map((other) => [one, other]),
  );
  return [[], ...placed.map((one) => [one]), ...pairs];
}

function scheduleWith(atRequests: Placed[], hasBackgroundFetch: boolean): Schedule {
  const press = (episode: number, page: number) =>
    ({ kind: 'press', command: 'start', episode, page }) as const;
  return {
    seed: 1,
    sizes: [600_000, 600_000],
    pages: 2,
    hasBackgroundFetch,
    faultRate: 0,
    happenings: [
      { atMs: 100, what: press(0, 0) },
      { atMs: 100, what: press(0, 1) },
      { atMs: 101, what: press(1, 1) },
    ],
    stormMs: 5_000,
    atRequests,
    hosts: 'honest',
  };
}

it.each([
  ['Background Fetch', true],
  ['the foreground engine', false],
])(
  '%s brings two episodes whatever two things go wrong, wherever they do',
  async (_name, engine) => {
    const failures: string[] = [];
    let schedules = 0;
    for (const faults of upToTwo().filter((_, index) => index % STRIDE === 0)) {
      const { violations, committed } = await simulate(scheduleWith(faults, engine));
      schedules += 1;
      // Nothing here is a reason to give up.
      if (committed !== 2) violations.push(`${committed} of 2 episodes are here`);
      if (violations.length > 0) failures.push(`${JSON.stringify(faults)}: ${violations[0]}`);
    }
    expect(failures).toEqual([]);
    expect(schedules).toBe(Math.ceil((1 + 48 + (48 * 47) / 2) / STRIDE));
  },
  600_000,
);
