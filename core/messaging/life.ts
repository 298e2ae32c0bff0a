/*
 * How a page knows that a worker is gone. A port says nothing when the worker behind it dies, but
 * the browser gives back its locks in that moment (https://w3c.github.io/web-locks/#termination-of-locks):
 * each life of a worker holds one lock for as long as it lasts, and whoever waits for an answer asks
 * for the same lock.
 */

/** Call once when the worker's script starts. Holding a lock does not keep a worker alive. */
export function holdLife(locks: LockManager, lifeId: string): void {
  locks.request(lockName(lifeId), () => new Promise(() => undefined)).catch(() => undefined);
}

/** Calls back once when that life has ended, unless the signal ends the waiting first. */
export function whenGone(
  locks: LockManager,
  lifeId: string,
  signal: AbortSignal,
  onGone: () => void,
): void {
  locks
    .request(lockName(lifeId), { signal, mode: 'shared' }, () => {
      if (!signal.aborted) onGone();
    })
    // Aborted: nobody waits any more.
    .catch(() => undefined);
}

/**
 * How to tell, from now on, whether the work of a life is over: it has ended, or is this one, for a
 * caller who knows that nothing else of it is at the same work.
 */
export async function isLifeOver(
  locks: LockManager,
  ownLifeId: string,
): Promise<(lifeId: string) => boolean> {
  const { held = [] } = await locks.query();
  const alive = new Set(held.map(({ name }) => name));
  return (lifeId) => lifeId === ownLifeId || !alive.has(lockName(lifeId));
}

function lockName(lifeId: string): string {
  return `worker-life-${lifeId}`;
}
