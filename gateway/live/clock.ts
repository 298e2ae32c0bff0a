/** Time and chance, so that a test can run a week of polling in a moment. */
export interface Clock {
  /** Calls back once after so many ms; returns what prevents it. */
  after(delayMs: number, callback: () => void): () => void;
  /** At least 0, less than 1. */
  random(): number;
}

export const systemClock: Clock = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
