import { describe, expect, it } from 'vitest';
import {
  type DownloadEvent,
  type DownloadState,
  effectsOf,
  isUnfinished,
  next,
} from './download.ts';

const failure = { code: 'enclosure-unreachable' } as const;

/** Every state, by the name that the table below gives it. */
const states = {
  absent: { kind: 'absent' },
  queued: { kind: 'queued' },
  active: { kind: 'active' },
  verifying: { kind: 'verifying' },
  verifyingPaused: { kind: 'verifying', paused: true },
  byUser: { kind: 'paused', reason: 'user' },
  forSpace: { kind: 'paused', reason: 'space' },
  forNetwork: { kind: 'paused', reason: 'network' },
  forUnmetered: { kind: 'paused', reason: 'unmetered' },
  forRetry: { kind: 'paused', reason: 'retry' },
  committed: { kind: 'committed' },
  failed: { kind: 'failed', failure },
  evicted: { kind: 'evicted' },
  deleting: { kind: 'deleting', again: false },
  deletingAgain: { kind: 'deleting', again: true },
} satisfies Record<string, DownloadState>;

type StateName = keyof typeof states;

const events = {
  requested: { type: 'requested' },
  paused: { type: 'paused' },
  resumed: { type: 'resumed' },
  deleted: { type: 'deleted' },
  started: { type: 'started' },
  woken: { type: 'woken' },
  interrupted: { type: 'interrupted', reason: 'retry' },
  restarted: { type: 'restarted' },
  failed: { type: 'failed', failure },
  stored: { type: 'stored' },
  verified: { type: 'verified' },
  evicted: { type: 'evicted' },
  cleared: { type: 'cleared' },
} satisfies { [Type in DownloadEvent['type']]: DownloadEvent & { type: Type } };

type EventName = keyof typeof events;

const unfinished = { paused: 'byUser', failed: 'failed', deleted: 'deleting' } as const;
const asleep = { ...unfinished, requested: 'queued', resumed: 'queued', woken: 'queued' } as const;
const over = { requested: 'queued', resumed: 'queued', deleted: 'deleting' } as const;

/** What every event makes of every state. What is not listed leaves the state as it is. */
const table: Record<StateName, Partial<Record<EventName, StateName>>> = {
  absent: { requested: 'queued' },
  queued: { ...unfinished, interrupted: 'forRetry', started: 'active' },
  active: { ...unfinished, interrupted: 'forRetry', stored: 'verifying', restarted: 'queued' },
  verifying: {
    paused: 'verifyingPaused',
    interrupted: 'forRetry',
    failed: 'failed',
    deleted: 'deleting',
    restarted: 'queued',
    verified: 'committed',
  },
  // A pause that comes that late holds where the check sends it back.
  verifyingPaused: {
    requested: 'verifying',
    resumed: 'verifying',
    interrupted: 'byUser',
    failed: 'failed',
    deleted: 'deleting',
    restarted: 'byUser',
    verified: 'committed',
  },
  // Only the user ends a pause by the user.
  byUser: { ...unfinished, requested: 'queued', resumed: 'queued' },
  forSpace: asleep,
  forNetwork: asleep,
  forUnmetered: asleep,
  forRetry: asleep,
  committed: { evicted: 'evicted', deleted: 'deleting' },
  failed: over,
  evicted: over,
  deleting: { requested: 'deletingAgain', cleared: 'absent' },
  deletingAgain: { deleted: 'deleting', cleared: 'queued' },
};

const stateNames = Object.keys(states) as StateName[];
const eventNames = Object.keys(events) as EventName[];
const pairs = stateNames.flatMap((state) => eventNames.map((event) => ({ state, event })));

describe('the download state machine', () => {
  it.each(pairs)('$state, then $event', ({ state, event }) => {
    const expected = table[state][event] ?? state;
    expect(next(states[state], events[event])).toEqual(states[expected]);
  });

  it('leaves an event without a meaning on the very same state', () => {
    const committed = states.committed;
    expect(next(committed, events.stored)).toBe(committed);
  });

  it.each(['space', 'network', 'unmetered', 'retry'] as const)(
    'keeps why it waits: %s',
    (reason) => {
      const interrupted = next(states.active, { type: 'interrupted', reason });
      expect(interrupted).toEqual({ kind: 'paused', reason });
    },
  );

  it('is not disturbed by any event that comes twice', () => {
    for (const { state, event } of pairs) {
      const once = next(states[state], events[event]);
      expect(next(once, events[event]), `${state}, ${event} twice`).toEqual(once);
    }
  });

  it('is not changed itself', () => {
    for (const { state, event } of pairs) {
      const frozen = Object.freeze({ ...states[state] });
      expect(() => next(frozen, events[event])).not.toThrow();
    }
  });
});

/** Everything that can become of a state, through any events out of a list, however many. */
function reachable(from: StateName, through: EventName[]): Set<string> {
  const found = new Set([JSON.stringify(states[from])]);
  for (const text of found) {
    const state: DownloadState = JSON.parse(text);
    for (const event of through) found.add(JSON.stringify(next(state, events[event])));
  }
  return new Set([...found].map((text) => JSON.parse(text).kind));
}

describe('what the user asked for', () => {
  const byTheUser: EventName[] = ['requested', 'paused', 'resumed', 'deleted'];
  const byEngines = eventNames.filter((event) => !byTheUser.includes(event));

  it('deleting is final: no late event revives the episode', () => {
    expect(reachable('deleting', byEngines)).toEqual(new Set(['deleting', 'absent']));
  });

  it('a pause holds until the user ends it, unless the download turns out to be impossible', () => {
    expect(reachable('byUser', byEngines)).toEqual(new Set(['paused', 'failed']));
  });

  it('nothing is downloaded that was not asked for', () => {
    const all = eventNames.filter((event) => event !== 'requested');
    expect(reachable('absent', all)).toEqual(new Set(['absent']));
  });

  it('a wish for a new download, made while the old one is going, is kept', () => {
    expect(reachable('deletingAgain', byEngines)).toContain('committed');
  });

  it('only a download whose bytes were stored and verified is ever committed', () => {
    for (const missing of ['stored', 'verified'] as const) {
      const others = eventNames.filter((event) => event !== missing);
      expect(reachable('queued', others)).not.toContain('committed');
    }
  });
});

describe('isUnfinished', () => {
  it('is true for what an engine, a timer or a clean-up may still move', () => {
    const moving = stateNames.filter((name) => isUnfinished(states[name]));
    expect(new Set(moving.map((name) => states[name].kind))).toEqual(
      new Set(['queued', 'active', 'verifying', 'paused', 'deleting']),
    );
  });
});

describe('what follows from a change', () => {
  const follows = (from: StateName, event: EventName) =>
    effectsOf(states[from], next(states[from], events[event]));

  it('is nothing where nothing changes', () => {
    for (const from of stateNames)
      for (const event of eventNames)
        if (next(states[from], events[event]) === states[from])
          expect(follows(from, event)).toEqual([]);
  });

  it('always has the pages look again', () => {
    for (const from of stateNames)
      for (const event of eventNames)
        if (next(states[from], events[event]) !== states[from])
          expect(follows(from, event)).toContain('tell-pages');
  });

  it.each([
    ['active', 'paused', ['stop-work', 'tell-pages']],
    ['active', 'interrupted', ['tell-pages']],
    // Whoever waited for the work to end would wait for itself.
    ['verifyingPaused', 'interrupted', ['tell-pages']],
    ['verifyingPaused', 'restarted', ['tell-pages']],
    ['active', 'deleted', ['tell-pages', 'free-bytes']],
    ['committed', 'deleted', ['tell-pages', 'free-bytes']],
    ['deleting', 'requested', ['tell-pages']],
    ['deletingAgain', 'deleted', ['tell-pages']],
    ['deleting', 'cleared', ['wake-for-space', 'tell-pages']],
    ['deletingAgain', 'cleared', ['wake-for-space', 'tell-pages', 'offer-work']],
    ['absent', 'requested', ['tell-pages', 'offer-work']],
    ['byUser', 'resumed', ['tell-pages', 'offer-work']],
    ['verifying', 'verified', ['tell-pages', 'welcome', 'wake-for-space', 'keep-to-rules']],
    ['active', 'failed', ['tell-pages', 'regret']],
    ['committed', 'evicted', ['tell-pages']],
    ['active', 'restarted', ['tell-pages']],
  ] as const)('%s, %s', (from, event, effects) => {
    expect(follows(from, event)).toEqual(effects);
  });

  it('ends the work when another network is waited for', () => {
    const event = { type: 'interrupted', reason: 'unmetered' } as const;
    expect(effectsOf(states.active, next(states.active, event))).toContain('stop-work');
  });
});
