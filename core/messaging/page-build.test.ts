import { expect, it } from 'vitest';
import { heldBuilds, holdBuild } from './page-build.ts';

/** As much of the Web Locks as the tests' runtime needs: shared locks that nobody gives back. */
function someLocks(): LockManager {
  const held: LockInfo[] = [];
  return {
    request: async (
      name: string,
      _options: LockOptions,
      callback: LockGrantedCallback<unknown>,
    ) => {
      held.push({ name, mode: 'shared' });
      return callback(null);
    },
    query: async () => ({ held, pending: [] }),
  } as unknown as LockManager;
}

it('knows the builds of the pages of one scope, one entry for each page', async () => {
  const locks = someLocks();
  await holdBuild(locks, 'https://x/a/', 'https://x/a/assets/1.js');
  await holdBuild(locks, 'https://x/a/', 'https://x/a/assets/1.js');
  await holdBuild(locks, 'https://x/a/', 'https://x/a/assets/2.js');
  await holdBuild(locks, 'https://x/', 'https://x/assets/3.js');
  const scripts = await heldBuilds(locks, 'https://x/a/');
  expect(scripts.map((script) => script.slice(-4))).toEqual(['1.js', '1.js', '2.js']);
  expect(await heldBuilds(locks, 'https://x/')).toEqual(['https://x/assets/3.js']);
});

it('does not wait where there are no locks', async () => {
  await holdBuild(undefined, 'https://x/', 'https://x/assets/1.js');
});
