import { BroadcastCacheUpdate } from 'workbox-broadcast-update';
import { claimCheck, getKeptFile } from '../../core/storage/kept-files.ts';
import type { WorkerContext } from '../context.ts';
import { type KeptIn, keepFile, nameOfCache } from './kept-files.ts';

const ONCE_A_DAY_MS = 24 * 60 * 60_000;

/**
 * The second half of stale-while-revalidate, after a kept file was answered: asks its host for a
 * newer one, at most once a day, never when data is to be spared. A newer one takes the place of the
 * old, and every window hears of it (`CACHE_UPDATED`). Never rejects: nobody waits for it.
 * @param fetchNew past the browser's cache (`no-cache`), which spares the bytes that have not changed
 */
export async function revalidate(
  context: WorkerContext,
  kept: { keptIn: KeptIn; address: string; response: Response },
  fetchNew: () => Promise<Response | undefined>,
): Promise<void> {
  const { keptIn, address, response: oldResponse } = kept;
  try {
    if (!context.isOnline() || context.sparesData()) return;
    const db = await context.database();
    if (!(await claimCheck(db, [keptIn, address], context.now(), ONCE_A_DAY_MS))) return;
    const newResponse = await fetchNew();
    // Let go of meanwhile: then it stays away.
    if (!newResponse || !(await getKeptFile(db, [keptIn, address]))) return;
    if (!(await keepFile(context, keptIn, address, newResponse))) return;
    await tellIfUpdated(context, keptIn, address, { oldResponse, newResponse });
  } catch (error) {
    context.report(error);
  }
}

/**
 * Workbox compares the headers ETag, Last-Modified and Content-Length, and posts to the windows that
 * this worker controls. Others load images from their hosts, and ask again for the rest.
 */
async function tellIfUpdated(
  context: WorkerContext,
  keptIn: KeptIn,
  address: string,
  responses: { oldResponse: Response; newResponse: Response },
): Promise<void> {
  const update = new BroadcastCacheUpdate({
    // Asked for only when they differ: the one moment to see that something is about to be said.
    generatePayload: ({ cacheName }) => {
      const payload = { cacheName, updatedURL: address };
      context.tap.record(() => ({
        channel: 'broadcast',
        from: 'worker',
        to: 'page',
        type: 'CACHE_UPDATED',
        phase: 'only',
        payload,
      }));
      return payload;
    },
  });
  const facts = { cacheName: nameOfCache(context, keptIn), request: new Request(address) };
  // The event that its type wants is only read where a single window is told.
  await update.notifyIfUpdated({ ...responses, ...facts } as Parameters<
    typeof update.notifyIfUpdated
  >[0]);
}
