import { vi } from 'vitest';
import type { Clock } from '../live/clock.ts';

/** A clock that only moves when a test says so, and chance without surprises. */
export class FakeClock implements Clock {
  nowMs = 0;
  randomValue = 0;
  private readonly timers = new Set<{ at: number; callback: () => void }>();

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.nowMs + delayMs, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  random(): number {
    return this.randomValue;
  }

  get pending(): number {
    return this.timers.size;
  }

  /** Lets so much time go by, in order; what is started on the way is waited for. */
  async advance(ms: number): Promise<void> {
    const until = this.nowMs + ms;
    for (;;) {
      const [next] = [...this.timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.timers.delete(next);
      this.nowMs = next.at;
      next.callback();
      await settled();
    }
    this.nowMs = until;
    await settled();
  }
}

const { results: digests } = vi.spyOn(crypto.subtle, 'digest').mock;
let waitedFor = 0;

/** What is under way in this process gets its turn; digests, which other threads make, are waited for. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    for (; waitedFor < digests.length; waitedFor += 1) await digests[waitedFor]?.value;
  }
}
