import { type EpisodeId, isId } from '../model/ids.ts';

/*
 * Which episodes are in a player now, as a fact that a worker can trust: a tab holds a lock with the
 * name of its episode. A row about it would be wrong as soon as a tab is gone; a lock goes with it.
 * Apps under other paths of the origin have locks of their own (`baseAddress`).
 */

/** Holds until `signal` aborts, or the tab ends. Several tabs may hold the same. */
export function holdPlaying(
  locks: LockManager,
  baseAddress: string,
  id: EpisodeId,
  signal: AbortSignal,
): void {
  const released = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const options = { mode: 'shared', signal } as const;
  locks.request(prefix(baseAddress) + id, options, () => released).catch(() => undefined);
}

export async function playingNow(
  locks: LockManager,
  baseAddress: string,
): Promise<ReadonlySet<EpisodeId>> {
  const { held = [] } = await locks.query();
  const start = prefix(baseAddress);
  const ids = held.map(({ name = '' }) => (name.startsWith(start) ? name.slice(start.length) : ''));
  return new Set(ids.filter((id) => isId<EpisodeId>(id)));
}

/** Does the work unless the episode is in a player; a tab that wants it meanwhile waits for that. */
export async function unlessPlaying(
  locks: LockManager,
  baseAddress: string,
  id: EpisodeId,
  work: () => Promise<unknown>,
): Promise<void> {
  await locks.request(prefix(baseAddress) + id, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}

function prefix(baseAddress: string): string {
  return `playing ${new URL('.', baseAddress).pathname} `;
}
