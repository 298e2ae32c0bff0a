import type { WorkerContext } from '../context.ts';
import { downloadRound } from '../downloads/round.ts';
import { scrubUntil } from '../downloads/scrub-pass.ts';
import { refreshPodcasts } from '../feeds/refresh-all.ts';
import { importsInRound } from '../imports/round.ts';
import { wakeOutbox } from '../outbox/wake.ts';
import { noteWakeUp, WAKE_UP_MS } from '../wake-ups.ts';
import { ONE_DELIVERY_MS } from './sync.ts';

/** One request for feeds may take this long, so none is begun when less is left. */
const ONE_REQUEST_MS = 60_000;

/**
 * Periodic Background Sync: the browser finds that it is time, at most as often as the page asked
 * for. The outbox is delivered; podcasts that are due are refreshed, and what is new is announced and
 * queued as their owner wants; what is left of the two minutes goes to downloads and imports that
 * nobody else would come back for. The browser calls again by itself, so nothing is rejected.
 */
export async function onPeriodicSync(
  { tag }: PeriodicSyncEvent,
  context: WorkerContext,
): Promise<void> {
  const until = context.now() + WAKE_UP_MS;
  await noteWakeUp(context, { by: 'periodicsync', tag, lastChance: false }, async () => {
    const outbox = await wakeOutbox(context, until - ONE_DELIVERY_MS);
    const { left } = await refreshPodcasts(context, {
      since: null,
      until: until - ONE_REQUEST_MS,
    });
    const [downloads, imports] = await Promise.all([
      downloadRound(context, until),
      importsInRound(context, until),
    ]);
    if (downloads === 'done') await scrubUntil(context, until);
    const isLeft = outbox.left > 0 || left > 0 || [downloads, imports].includes('left');
    return { workedOff: isLeft ? 'left' : 'done', outbox };
  });
}
