/**
 * A newer database cannot be opened yet: another window, a frozen one most likely, holds on to the older
 * one. What waits for it is told, and may ask again.
 */
export class DatabaseBlockedError extends Error {
  override readonly name = 'DatabaseBlockedError';
  /** Settles when the browser has opened it after all, or cannot. */
  readonly over: Promise<unknown>;
  constructor(over: Promise<unknown>) {
    super('another window holds on to an older database');
    this.over = over;
  }
}
