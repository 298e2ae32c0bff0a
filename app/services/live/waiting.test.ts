import { describe, expect, it } from 'vitest';
import { Bell, backoffMs, pause } from './waiting.ts';

const never = new AbortController().signal;

describe('waiting', () => {
  it('grows with each failure, up to a minute, and is never the same for all', () => {
    for (const [failures, most] of [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000].entries()) {
      const waits = Array.from({ length: 200 }, () => backoffMs(failures));
      expect(Math.max(...waits)).toBeLessThanOrEqual(most);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(most / 2);
      expect(new Set(waits).size).toBeGreaterThan(100);
    }
    expect(backoffMs(5000)).toBeLessThanOrEqual(60_000);
  });

  it('ends at once when it is told to', async () => {
    const stop = new AbortController();
    const waiting = pause(1e9, stop.signal);
    stop.abort();
    await waiting;
    await pause(1e9, stop.signal);
  });
});

describe('a bell', () => {
  it('is heard by whoever waits, and by the next one where nobody does', async () => {
    const bell = new Bell();
    const waiting = bell.next(never);
    bell.ring();
    await waiting;
    bell.ring();
    bell.ring();
    await bell.next(never);
    const stop = new AbortController();
    const quiet = bell.next(stop.signal);
    stop.abort();
    await quiet;
  });
});
