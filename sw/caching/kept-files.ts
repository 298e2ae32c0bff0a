import {
  deleteKeptFile,
  getKeptFile,
  listKeptFiles,
  noteUse,
  putKeptFile,
} from '../../core/storage/kept-files.ts';
import type { KeptFile } from '../../core/storage/schema.ts';
import type { WorkerContext } from '../context.ts';
import { isOutOfSpace } from '../downloads/out-of-space.ts';
import { filesToLetGo } from './budget.ts';
import { artworkCache, companionCache } from './cache-names.ts';

/*
 * Files of the outside in Cache Storage, each with a row that knows its size and when it was used.
 * The row comes first and goes last. Whoever dies in between leaves a row without bytes, which costs
 * a fetch; bytes without a row would be counted by nobody.
 */

export type KeptIn = KeptFile['keptIn'];

export function nameOfCache({ baseUrl }: WorkerContext, keptIn: KeptIn): string {
  return keptIn === 'artwork' ? artworkCache(baseUrl) : companionCache(baseUrl);
}

/** The kept file; using it keeps it from being the next one to go. */
export async function findKept(
  context: WorkerContext,
  keptIn: KeptIn,
  address: string,
): Promise<Response | undefined> {
  const cache = await context.caches.open(nameOfCache(context, keptIn));
  const kept = await cache.match(address);
  if (!kept) return undefined;
  await noteUse(await context.database(), [keptIn, address], context.now());
  return kept;
}

/**
 * Keeps a file, or its newer version, within the budget. `false`: there is no room for it, which is
 * no reason to fail at anything.
 * @param response made by `keepable`, not yet read
 */
export async function keepFile(
  context: WorkerContext,
  keptIn: KeptIn,
  address: string,
  response: Response,
): Promise<boolean> {
  const sizeBytes = Number(response.headers.get('content-length'));
  const goes = await filesToLetGo(context, { keptIn, address, sizeBytes });
  if (!goes) return false;
  for (const file of goes) await forgetFile(context, file.keptIn, file.address);
  const now = context.now();
  const db = await context.database();
  const before = await getKeptFile(db, [keptIn, address]);
  await putKeptFile(db, { keptIn, address, sizeBytes, usedAt: now, checkedAt: now });
  try {
    const cache = await context.caches.open(nameOfCache(context, keptIn));
    await cache.put(address, response);
    // Let go of while it was written (its podcast was unsubscribed): then it goes again.
    if (await getKeptFile(db, [keptIn, address])) return true;
    await cache.delete(address);
    return false;
  } catch (error) {
    // A put that fails leaves what was there as it was: its row comes back, and the file stays.
    if (before) await putKeptFile(db, before);
    else await forgetFile(context, keptIn, address);
    if (isOutOfSpace(error)) return false;
    throw error;
  }
}

/** Frees a file; fine if it is not there. */
export async function forgetFile(
  context: WorkerContext,
  keptIn: KeptIn,
  address: string,
): Promise<void> {
  const cache = await context.caches.open(nameOfCache(context, keptIn));
  await cache.delete(address);
  await deleteKeptFile(await context.database(), [keptIn, address]);
}

/**
 * Part of the start-up check: counts what is here and no row knows of (a version without rows kept
 * it, or a worker died at the wrong moment). Such files are the first to go when room is needed.
 */
export async function countStrays(context: WorkerContext): Promise<void> {
  const db = await context.database();
  const known = new Set((await listKeptFiles(db)).map(keyOf));
  for (const keptIn of ['artwork', 'companions'] as const) {
    const cache = await context.caches.open(nameOfCache(context, keptIn));
    for (const { url: address } of await cache.keys()) {
      if (known.has(keyOf({ keptIn, address }))) continue;
      const bytes = await (await cache.match(address))?.blob();
      if (!bytes) continue;
      const sizeBytes = bytes.size;
      await putKeptFile(db, { keptIn, address, sizeBytes, usedAt: 0, checkedAt: 0 });
    }
  }
}

function keyOf({ keptIn, address }: Pick<KeptFile, 'keptIn' | 'address'>): string {
  return `${keptIn} ${address}`;
}
