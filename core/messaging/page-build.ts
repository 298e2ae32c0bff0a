/*
 * How the worker knows which build each open page runs: a page holds one Web Lock for as long as it
 * lives, named after the script that it was started from. A tab that is closed or crashes gives the
 * lock back by itself, and one that is frozen keeps it. There is no message that could be lost, and
 * nothing to remember over the worker's death.
 */

/**
 * Call once when the page starts; resolves when the lock is held, or where there are no locks.
 *
 * @param scope the registration's scope: several apps may share an origin, and with it the locks
 * @param script the address of the page's first script, which its build has named after its content
 */
export function holdBuild(
  locks: LockManager | undefined,
  scope: string,
  script: string,
): Promise<void> {
  return new Promise((resolve) => {
    if (!locks) return resolve();
    const hold = () => {
      resolve();
      return new Promise<never>(() => undefined);
    };
    // Shared: any number of pages are of one build.
    locks.request(prefix(scope) + script, { mode: 'shared' }, hold).catch(() => resolve());
  });
}

/** The first scripts of all open pages, one for each page. */
export async function heldBuilds(locks: LockManager, scope: string): Promise<string[]> {
  const { held = [] } = await locks.query();
  return held.flatMap(({ name = '' }) =>
    name.startsWith(prefix(scope)) ? [name.slice(prefix(scope).length)] : [],
  );
}

function prefix(scope: string): string {
  return `page-build ${scope} `;
}
