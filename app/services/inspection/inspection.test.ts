import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type InspectorCall, inspectorLine } from '../../../core/contract/inspection.ts';
import type { Trace } from '../../../core/contract/trace.ts';
import { PROTOCOL } from '../../../core/contract/version.ts';
import { holdLife } from '../../../core/messaging/life.ts';
import { Tap } from '../../../core/messaging/tap.ts';
import { LiveInspection } from './inspection.ts';

const scope = new URL('./', document.baseURI);
const line = inspectorLine(scope);

// For as long as this page lives, and it does for all tests.
holdLife(navigator.locks, 'life');

let tap: Tap;
let inspection: LiveInspection;
let worker: FakeWorker;

/** The worker's end of the line, and what it hears on it. */
class FakeWorker {
  readonly heard: InspectorCall['kind'][] = [];
  readonly channel = new BroadcastChannel(line);

  constructor() {
    this.channel.onmessage = ({ data }) => this.heard.push(data.kind);
  }

  tell(lifeId: string, traces: Partial<Trace>[], more: object = {}): void {
    const news = { protocol: PROTOCOL, kind: 'news', lifeId, build: '1.2.3', leftOut: 0 };
    const complete = traces.map((trace) => ({ ...aTrace('worker'), ...trace }));
    this.channel.postMessage({ ...news, dropped: {}, traces: complete, ...more });
  }
}

function aTrace(seenBy: Trace['seenBy'], more: Partial<Trace> = {}): Trace {
  const way = { from: 'page', to: 'worker' } as const;
  return { seenBy, at: 0, channel: 'request', ...way, type: 'x', phase: 'only', ...more };
}

function sayInPage(type: string, more: object = {}): void {
  tap.record(() => ({ ...aTrace('page'), type, ...more }));
}

const shown = () => inspection.shown.map(({ type }) => type);
const holders = async () =>
  (await navigator.locks.query()).held?.filter(({ name }) => name === line).length;

beforeEach(async () => {
  tap = new Tap('page');
  worker = new FakeWorker();
  inspection = new LiveInspection({
    tap,
    link: {} as never,
    library: {} as never,
    starter: { onStarted: undefined } as never,
    registration: Promise.reject(new Error('no worker')),
  });
  await vi.waitFor(() => expect(worker.heard).toEqual(['listening']));
});

afterEach(async () => {
  inspection.close();
  worker.channel.close();
  await vi.waitFor(async () => expect(await holders()).toBe(0));
});

describe('what both sides say', () => {
  it('is merged in the order of time, whichever way came first', async () => {
    const now = performance.timeOrigin + performance.now();
    sayInPage('second');
    worker.tell('life', [
      { type: 'first', at: now - 5_000 },
      { type: 'third', at: now + 5_000 },
    ]);
    await vi.waitFor(() => expect(shown()).toEqual(['first', 'second', 'third']));
    expect(inspection.worker).toEqual({ lifeId: 'life', build: '1.2.3', ended: false });
    expect(new Set(inspection.shown.map(({ id }) => id)).size).toBe(3);
  });

  it('leaves out wake-ups, which are put together and stand by themselves, newest first', async () => {
    const wakeUp = { channel: 'wake-up', type: 'online', phase: 'begin' } as const;
    worker.tell('life', [
      { ...wakeUp, exchangeId: 'one', at: 1 },
      { ...wakeUp, exchangeId: 'two', at: 2, type: 'live' },
      { ...wakeUp, exchangeId: 'one', at: 3, phase: 'end', outcome: '1 sent' },
      { type: 'a message', at: 4 },
    ]);
    await vi.waitFor(() => expect(shown()).toEqual(['a message']));
    expect(inspection.wakeUps).toEqual([
      { at: 2, by: 'live', ledTo: undefined },
      { at: 1, by: 'online', ledTo: '1 sent' },
    ]);
    expect(JSON.parse(inspection.exported()).wakeUps).toHaveLength(2);
  });

  it('is kept to the last 2,000', async () => {
    for (let n = 0; n < 30; n += 1) sayInPage(`old ${n}`);
    await vi.waitFor(() => expect(inspection.held).toBe(30));
    for (let n = 0; n < 1_990; n += 1) sayInPage(`new ${n}`);
    await vi.waitFor(() => expect(inspection.held).toBe(2_000));
    expect(inspection.forgotten).toBe(20);
    expect(shown()[0]).toBe('old 20');
    inspection.clear();
    expect(inspection).toMatchObject({ held: 0, forgotten: 0, shown: [] });
  });

  it('that is not in the contract is counted, not shown', async () => {
    worker.tell('life', [{ type: 'said' }], { more: true });
    worker.tell('life', [{ channel: 'smoke' as never }]);
    await vi.waitFor(() => expect(inspection.dropped.page).toEqual({ 'unreadable news': 2 }));
    sayInPage('message', { outcome: 'dropped: not-a-broadcast' });
    worker.tell('life', [], { dropped: { ports: 3 }, leftOut: 7 });
    await vi.waitFor(() => expect(inspection.dropped.worker).toEqual({ ports: 3 }));
    expect(inspection.dropped.page).toMatchObject({ 'not-a-broadcast': 1 });
    expect(inspection.forgotten).toBe(7);
    expect(shown()).toEqual(['message']);
  });
});

it('the picture stands still while paused, and nothing of it is lost', async () => {
  sayInPage('before');
  await vi.waitFor(() => expect(shown()).toEqual(['before']));
  inspection.pause();
  sayInPage('meanwhile');
  await vi.waitFor(() => expect(inspection.waiting).toBe(1));
  expect(shown()).toEqual(['before']);
  inspection.resume();
  expect(shown()).toEqual(['before', 'meanwhile']);
  expect(inspection.waiting).toBe(0);
});

it('a filter hides, and gives back', async () => {
  sayInPage('worker/version', { payload: { build: 'Seven' } });
  sayInPage('downloads/changed', { channel: 'broadcast' });
  worker.tell('life', [{ type: 'fetch', channel: 'event', outcome: '200 from cache' }]);
  await vi.waitFor(() => expect(inspection.held).toBe(3));
  inspection.show({ hidden: new Set(['broadcast']) });
  expect(shown().toSorted()).toEqual(['fetch', 'worker/version']);
  inspection.show({ seenBy: 'page' });
  expect(shown()).toEqual(['worker/version']);
  inspection.show({ seenBy: undefined, hidden: new Set(), text: ' FROM cache ' });
  expect(shown()).toEqual(['fetch']);
  inspection.show({ text: 'seven' });
  expect(shown()).toEqual(['worker/version']);
  inspection.show({ text: '' });
  expect(shown()).toHaveLength(3);
});

it('everything that is held can be taken away as JSON', async () => {
  sayInPage('worker/version', { payload: { a: 1 } });
  inspection.show({ text: 'nothing matches this' });
  await vi.waitFor(() => expect(inspection.held).toBe(1));
  const { traces } = JSON.parse(inspection.exported());
  expect(traces).toMatchObject([{ seenBy: 'page', type: 'worker/version', data: '{"a":1}' }]);
  expect(traces[0]).not.toHaveProperty('id');
});

it('the end of a worker is seen when the browser gives its lock back', async () => {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const locks = frame.contentWindow?.navigator.locks;
  if (!locks) throw new Error('a frame without locks');
  holdLife(locks, 'life of a frame');
  // A worker says nothing before its own query of locks was answered, which is later.
  await locks.query();
  worker.tell('life of a frame', []);
  await vi.waitFor(() => expect(inspection.worker?.ended).toBe(false));
  expect(shown()).toEqual([]);
  frame.remove();
  await vi.waitFor(() => expect(shown()).toEqual(['worker ended']));
  expect(inspection.worker?.ended).toBe(true);
});

it('two tabs hear each other, and nobody hears itself', async () => {
  const name = `stowaway-inspector-tabs:${scope.pathname}`;
  const other = new BroadcastChannel(name);
  other.postMessage({ kind: 'greeting' });
  other.postMessage({ kind: 'greeting', html: '<script>' });
  await vi.waitFor(() => expect(shown()).toEqual(['greeting', 'message']));
  expect(inspection.shown[0]).toMatchObject({ channel: 'tabs', from: 'tabs', to: 'page' });
  expect(inspection.shown[0]?.event?.constructorName).toBe('MessageEvent');
  expect(inspection.shown[1]).toMatchObject({ outcome: 'dropped: not-a-greeting' });
  other.close();
});

it('an Inspector that is closed leaves nothing at work', async () => {
  expect(await holders()).toBe(1);
  sayInPage('seen');
  inspection.close();
  expect(tap.listener).toBeUndefined();
  const make = vi.fn(() => aTrace('page'));
  tap.record(make);
  expect(make).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(worker.heard).toEqual(['listening', 'closed']));
  expect(await holders()).toBe(0);
  const changes = vi.fn();
  inspection.addEventListener('change', changes);
  worker.tell('life', [{ type: 'to nobody' }]);
  // Whatever was to come of it has come when this has made its way.
  const echo = new BroadcastChannel(line);
  const arrived = new Promise((resolve) => {
    echo.onmessage = resolve;
  });
  worker.channel.postMessage('last');
  await arrived;
  echo.close();
  expect(changes).not.toHaveBeenCalled();
  expect(inspection).toMatchObject({ shown: [], held: 0 });
});
