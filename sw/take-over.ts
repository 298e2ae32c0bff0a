import type { WorkerContext } from './context.ts';

/*
 * A new version takes over only between commits. The one that takes over is the waiting worker, the
 * one that commits is the active one, and they share no memory: they meet at two Web Locks. Work
 * holds its lock shared, the take-over asks for both alone.
 *
 * Two, because a settle event commits segments: with one lock, a commit inside of it would queue
 * behind the waiting take-over, which waits for the settle event. The take-over takes them in this
 * order, and who commits never asks for the first while holding the second.
 */

type Kind = 'settle' | 'commit';

/** A user waits. What is committed after that is safe as well: transactions and epochs see to it. */
const PATIENCE_MS = 20_000;

/** Does `work`; no new version takes over before it has ended. */
export function holdTakeOverBack<T>(
  { locks, baseUrl }: WorkerContext,
  kind: Kind,
  work: () => Promise<T>,
): Promise<T> {
  return locks.request(lockName(kind, baseUrl), { mode: 'shared' }, work);
}

/** Lets this waiting worker become the active one, as soon as nothing is being committed. */
export async function takeOver(
  { locks, baseUrl, skipWaiting }: WorkerContext,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const signal = AbortSignal.timeout(patienceMs);
  const alone = <T>(kind: Kind, work: () => T) =>
    locks.request(lockName(kind, baseUrl), { signal }, work);
  const asked: Promise<void>[] = [];
  try {
    await alone('settle', () =>
      alone('commit', () => {
        // Not awaited in here: it resolves after the old worker's events, which may want to commit.
        asked.push(skipWaiting());
      }),
    );
  } catch (error) {
    if (!signal.aborted) throw error;
    if (asked.length === 0) asked.push(skipWaiting());
  }
  await Promise.all(asked);
}

function lockName(kind: Kind, { pathname }: URL): string {
  return `no-take-over-during-${kind} ${pathname}`;
}
