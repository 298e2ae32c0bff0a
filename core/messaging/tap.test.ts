import { describe, expect, it, vi } from 'vitest';
import { MAX_DATA_CHARACTERS, type Trace } from '../contract/trace.ts';
import { messageFields, Tap, type TraceDraft } from './tap.ts';

const draft = (): TraceDraft => ({
  channel: 'request',
  from: 'page',
  to: 'worker',
  type: 'worker/version',
  phase: 'begin',
  exchangeId: 'x',
  payload: { a: 1 },
});

function aTap() {
  const seen: Trace[] = [];
  const tap = new Tap('page');
  tap.listener = (trace) => seen.push(trace);
  return { tap, seen };
}

describe('a tap', () => {
  it('makes nothing while nobody listens', async () => {
    const make = vi.fn(draft);
    const tap = new Tap('page');
    tap.record(make);
    await expect(tap.frame(make, Promise.resolve(7))).resolves.toBe(7);
    expect(make).not.toHaveBeenCalled();
  });

  it('adds who saw it, when, and how much was said', () => {
    const { tap, seen } = aTap();
    const before = performance.timeOrigin + performance.now();
    tap.record(draft);
    expect(seen).toMatchObject([
      { seenBy: 'page', type: 'worker/version', data: '{"a":1}', sizeBytes: 7 },
    ]);
    expect(seen[0]?.at).toBeGreaterThanOrEqual(before);
    expect(seen[0]).not.toHaveProperty('payload');
  });

  it('keeps the beginning of what is long, and its whole length', () => {
    const { tap, seen } = aTap();
    tap.record(() => ({ ...draft(), payload: 'x'.repeat(MAX_DATA_CHARACTERS * 2) }));
    expect(seen[0]?.data).toHaveLength(MAX_DATA_CHARACTERS);
    expect(seen[0]?.sizeBytes).toBe(MAX_DATA_CHARACTERS * 2 + 2);
  });

  it('frames work: the end names what came of it, the other way round', async () => {
    const { tap, seen } = aTap();
    await tap.frame(draft, Promise.resolve(206), (status) => `${status}`);
    const failing = tap.frame(draft, Promise.reject(new TypeError('no')));
    await expect(failing).rejects.toThrow('no');
    expect(seen).toMatchObject([
      { phase: 'begin', from: 'page', to: 'worker' },
      { phase: 'end', from: 'worker', to: 'page', outcome: '206', tookMs: expect.any(Number) },
      { phase: 'begin' },
      { phase: 'end', outcome: 'TypeError' },
    ]);
  });
});

it('puts the members of a MessageEvent into words', () => {
  const event = new MessageEvent('message', { origin: 'https://a.example', lastEventId: '7' });
  expect(messageFields(event)).toEqual({
    constructorName: 'MessageEvent',
    origin: 'https://a.example',
    lastEventId: '7',
    source: 'none',
    ports: 0,
  });
});
