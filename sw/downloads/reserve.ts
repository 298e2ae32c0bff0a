import { reserveCache } from '../caching/cache-names.ts';
import type { WorkerContext } from '../context.ts';
import { isOutOfSpace } from './out-of-space.ts';

/*
 * Room that is set aside for rows. On a device that is full to the brim not even the row fits that says
 * so, and "Downloading" would stand there for as long as that lasts. Then a piece of the reserve goes.
 *
 * In Cache Storage, because what is deleted there is free at once (after 4 to 24 ms in Chromium 156), and
 * what IndexedDB deletes only later. In pieces, because several downloads may come to their end.
 */

const PIECES = 8;
/** More than the longest journal, and less than a segment: bytes cannot take what was meant for rows. */
const PIECE_BYTES = 128 * 1024;

/** Sets aside what is missing of it. `false`: there is no room even for that, so nothing is to begin. */
export async function keepReserve(context: WorkerContext): Promise<boolean> {
  try {
    const cache = await open(context);
    const kept = new Set((await cache.keys()).map(({ url }) => url));
    for (let piece = 0; piece < PIECES; piece += 1) {
      const { href } = new URL(`reserve/${piece}`, context.baseUrl);
      if (!kept.has(href)) await cache.put(href, new Response(new Uint8Array(PIECE_BYTES)));
    }
    return true;
  } catch (error) {
    // For any other reason there is none, and downloads go on without.
    return !isOutOfSpace(error);
  }
}

/**
 * Writes rows; where they find no room, lets pieces of the reserve go until they do. `write` may be
 * called again after any of its own writes.
 */
export async function withReserve<T>(context: WorkerContext, write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isOutOfSpace(error) || !(await spend(context).catch(() => false))) throw error;
    }
  }
}

/** `false` where nothing is left. */
async function spend(context: WorkerContext): Promise<boolean> {
  const cache = await open(context);
  // Somebody else may take the same piece.
  for (const piece of await cache.keys()) if (await cache.delete(piece)) return true;
  return false;
}

function open({ caches, baseUrl }: WorkerContext): Promise<Cache> {
  return caches.open(reserveCache(baseUrl));
}
