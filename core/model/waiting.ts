import type { Download } from './download.ts';

/** What a download's row remembers of its failures. */
export type Tries = Pick<Download, 'retries' | 'failuresAt' | 'retryAt' | 'waitsSince'>;

/** Somebody asked anew: what was before does not count. */
export const NO_TRIES: Tries = {
  retries: 0,
  failuresAt: [],
  retryAt: undefined,
  waitsSince: undefined,
};

/** What a host may ask for with `Retry-After`, and what anything waits at the longest. */
export const LONGEST_WAIT_MS = 6 * 60 * 60_000;

/**
 * How long a download that waits has still to wait, in ms; 0 when it is due. A clock outside the
 * time of the wait, on either side of it, says that the wait is over: one that was put back by years
 * must not make it last for years.
 */
export function remainingWaitMs(
  { retryAt, waitsSince }: Pick<Tries, 'retryAt' | 'waitsSince'>,
  now: number,
): number {
  if (retryAt === undefined) return 0;
  const since = waitsSince ?? retryAt - LONGEST_WAIT_MS;
  return now < since || now >= retryAt ? 0 : retryAt - now;
}
