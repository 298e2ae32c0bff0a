import { expect, it } from 'vitest';
import type { Happening, Schedule } from './schedule.ts';
import { simulate } from './simulate.ts';

/*
 * The worker is struck at its first operation of storage, network or Background Fetch, at its
 * second, and so on until the flow is through: as a death, and as an operation that fails.
 */

const start: Happening = { kind: 'press', command: 'start', episode: 0, page: 0 };
const press = (command: 'pause' | 'resume' | 'delete' | 'start'): Happening => ({
  ...start,
  command,
});

/** What happens, one thing after the other. The strike is counted from the first. */
type Flow = Partial<Schedule> & { happenings: Schedule['happenings'] };

const flows: Record<string, Flow> = {
  'a download in the foreground': { happenings: [{ atMs: 100, what: start }] },
  'a download by Background Fetch': {
    hasBackgroundFetch: true,
    happenings: [{ atMs: 100, what: start }],
  },
  'a download whose host changes its bytes': {
    happenings: [{ atMs: 100, what: start }],
    atRequests: [{ request: 3, what: 'content-changed' }],
  },
  'a broken connection': {
    happenings: [{ atMs: 100, what: start }],
    atRequests: [{ request: 2, what: 'reset' }],
  },
  'a pause and a resume': {
    happenings: [
      { atMs: 100, what: start },
      { atMs: 300, what: press('pause') },
      { atMs: 600, what: press('resume') },
    ],
  },
  'a pause and a resume of a Background Fetch': {
    hasBackgroundFetch: true,
    happenings: [
      { atMs: 100, what: start },
      { atMs: 600, what: press('pause') },
      { atMs: 900, what: press('resume') },
    ],
  },
  'a delete, and the same again': {
    happenings: [
      { atMs: 100, what: start },
      { atMs: 4_000, what: press('delete') },
      { atMs: 4_050, what: press('start') },
    ],
  },
  'a start after bytes were taken': {
    happenings: [
      { atMs: 100, what: start },
      { atMs: 4_000, what: { kind: 'evict-segment' } },
      { atMs: 4_100, what: { kind: 'open-page' } },
    ],
  },
};

/** `npm test` strikes every other operation; `SIMULATE_ALL=1 npm test -- unit every-operation` each. */
const STRIDE = process.env.SIMULATE_ALL ? 1 : 2;

function struckAt(flow: Flow, afterOperations: number, manner: 'dies' | 'throws'): Schedule {
  const strike = { kind: 'strike-worker', afterOperations, manner } as const;
  return {
    seed: 1,
    sizes: [600_000],
    pages: 1,
    hasBackgroundFetch: false,
    faultRate: 0,
    stormMs: 10_000,
    hosts: 'honest',
    ...flow,
    happenings: [{ atMs: 99, what: strike }, ...flow.happenings],
  };
}

it.each(
  Object.entries(flows).flatMap(([name, flow]) => [
    [name, 'dies', flow] as const,
    [name, 'throws', flow] as const,
  ]),
)(
  '%s comes to its end though the worker %s at any operation',
  async (_name, manner, flow) => {
    const failures: string[] = [];
    let operation = 1;
    for (; ; operation += STRIDE) {
      const { violations, wasStruck } = await simulate(struckAt(flow, operation, manner));
      if (!wasStruck) break;
      if (violations.length > 0) failures.push(`at operation ${operation}: ${violations[0]}`);
    }
    expect(failures).toEqual([]);
    expect(operation).toBeGreaterThan(40);
  },
  600_000,
);
