/** One time that the browser woke the worker by itself: a row of the `wake-ups` store. */
export interface WakeUp {
  /** When the event came, ms since 1970. */
  at: number;
  by: 'sync' | 'periodicsync';
  tag: string;
  /** Of a `sync`: the browser will not call again for this registration. */
  lastChance: boolean;
  outcome: WakeUpOutcome;
  /** What it meant for the outbox, where it came as far as that. */
  outbox?: OutboxRun | undefined;
}

/**
 * `begun` is what stays when the worker dies at it. `left`: the time was over, or there was no
 * connection, before all was done.
 */
export type WakeUpOutcome = 'begun' | 'done' | 'left' | 'failed';

/** One delivery of what waits in the outbox. */
export interface OutboxRun {
  /** Done, and gone from the outbox. */
  sent: number;
  /** For the user to decide from now on. */
  refused: number;
  /** Still waiting when it ended. */
  left: number;
}

/**
 * Why a page has the worker look at what waits. `message`: something was asked for, or the worker has
 * told of a change. `advance`: the step before has said when the next one is worth it.
 */
export type PageCause = 'page-open' | 'online' | 'visibility' | 'live' | 'message' | 'advance';

/** What leaves no row, and can be seen in the Inspector while it happens. */
export type UnrecordedCause = PageCause | 'worker-start';

/** `1 sent, 2 left`: what came of a delivery, in few words. */
export function outboxWords({ sent, refused, left }: OutboxRun): string {
  const parts = [
    sent > 0 && `${sent} sent`,
    refused > 0 && `${refused} refused`,
    left > 0 && `${left} left`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : 'nothing to send';
}
