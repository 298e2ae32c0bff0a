import type { Lease } from '../../core/model/attempt.ts';
import type { WorkerContext } from '../context.ts';

/** No time that a lease is given is longer, other than the one without an end. */
const LONGEST_MS = 60_000;

/**
 * How to tell, from now on, a lease whose holder cannot be at work any more. A foreground lease dies
 * with the worker's life that took it. A Background Fetch holds its lease for as long as the browser
 * knows it: the page that started it may have gone before it could say so. What else is left of a
 * holder's time runs out by the clock; the epoch fences whoever wakes after that.
 */
export async function freeLeases(context: WorkerContext): Promise<(lease: Lease) => boolean> {
  const manager = context.registration.backgroundFetch;
  const known = new Set(await manager?.getIds());
  return ({ engine, owner, expiresAt }) => {
    const isDead = engine === 'foreground' ? owner !== context.lifeId : !manager;
    if (isDead) return true;
    const leftMs = expiresAt - context.now();
    // More than anybody was given: the clock was put back.
    const isOver = leftMs <= 0 || (leftMs > LONGEST_MS && leftMs !== Number.POSITIVE_INFINITY);
    return isOver && !known.has(owner);
  };
}
