/*
 * A list of podcasts comes to the worker in parts, and the first part of one takes away what an
 * unfinished one has left. So one list is on its way at a time, over all tabs of this app; a tab that
 * is closed or crashes gives its turn back by itself.
 */

/** Does the work when no other list is on its way; at once where there are no locks. */
export async function inListTurn<T>(
  locks: LockManager | undefined,
  baseAddress: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!locks) return work();
  return await locks.request(`list-turn ${new URL('.', baseAddress).pathname}`, work);
}
