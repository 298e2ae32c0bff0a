import { expect, it } from 'vitest';
import type { Lease } from '../../core/model/attempt.ts';
import type { WorkerContext } from '../context.ts';
import { freeLeases } from './lease.ts';

const now = Date.UTC(2026, 10, 1);
const YEAR_MS = 365 * 86_400_000;

async function isFree(lease: Partial<Lease>, known: string[] = []): Promise<boolean> {
  const context = {
    now: () => now,
    lifeId: 'this life',
    registration: { backgroundFetch: { getIds: async () => known } },
  } as unknown as WorkerContext;
  const launched = { engine: 'background-fetch', owner: 'a:1', clientId: 'page' } as const;
  return (await freeLeases(context))({ ...launched, expiresAt: now + 30_000, ...lease });
}

it.each([
  ['still has time', {}, false],
  ['has none left', { expiresAt: now }, true],
  ['has more than anybody was given: the clock was put back', { expiresAt: now + YEAR_MS }, true],
  ['has no end', { expiresAt: Number.POSITIVE_INFINITY }, false],
  ['is of this life', { engine: 'foreground', owner: 'this life' } as const, false],
  ['is of a life that is over', { engine: 'foreground', owner: 'another' } as const, true],
])('a lease that %s', async (_name, lease, free) => {
  expect(await isFree(lease)).toBe(free);
});

it('is not free while the browser knows the fetch, whatever the clock says', async () => {
  expect(await isFree({ expiresAt: now - YEAR_MS }, ['a:1'])).toBe(false);
  expect(await isFree({ expiresAt: now + YEAR_MS }, ['a:1'])).toBe(false);
});
