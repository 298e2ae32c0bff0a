import type { Attempt } from './attempt.ts';

/** What a host of audio lets us do, as the last look at it found. */
export interface HostVerdict {
  /** Name and port, as in its addresses. */
  host: string;
  /** `play-only`: pages may not read it (no CORS), and no gateway is there for it. */
  way: Attempt['route'] | 'play-only';
  /** ms since 1970. */
  judgedAt: number;
}

/** Hosts change their minds, and gateways come and go. */
const VALID_MS = 24 * 60 * 60_000;

/** Whether a verdict may still be relied on. One from the future was written by another clock. */
export function isFresh({ judgedAt }: HostVerdict, now: number): boolean {
  return judgedAt <= now && now - judgedAt < VALID_MS;
}
