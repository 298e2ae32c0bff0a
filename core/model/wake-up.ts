/** One time that the browser woke the worker by itself: a row of the `wake-ups` store. */
export interface WakeUp {
  /** When the event came, ms since 1970. */
  at: number;
  by: 'sync' | 'periodicsync';
  tag: string;
  /** Of a `sync`: the browser will not call again for this registration. */
  lastChance: boolean;
  outcome: WakeUpOutcome;
}

/**
 * `begun` is what stays when the worker dies at it. `left`: the time was over, or there was no
 * connection, before all was done.
 */
export type WakeUpOutcome = 'begun' | 'done' | 'left' | 'failed';
