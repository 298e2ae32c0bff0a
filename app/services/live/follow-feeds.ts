import type { Tap } from '../../../core/messaging/tap.ts';
import type { LiveUpdates } from '../../contexts.ts';
import type { RowReader } from '../row-reader.ts';
import type { WorkerLink } from '../worker-link.ts';
import { whenConnectable } from './conditions.ts';
import { FeedRefresher } from './feed-refresher.ts';
import { LiveSession } from './session.ts';

/**
 * Follows the feeds of all podcasts for the life of the page, in one visible tab of many. Resolves
 * only where there is no gateway.
 */
export async function followFeeds(options: {
  reader: RowReader;
  link: WorkerLink;
  tap: Tap;
  onState(state: LiveUpdates['state']): void;
}): Promise<void> {
  const { reader, link, tap, onState } = options;
  const refresher = new FeedRefresher(reader, link);
  const session = new LiveSession({ reader, refresher, tap, onState });
  link.onBroadcast(({ type }) => {
    if (type === 'podcasts/changed') session.podcastsChanged();
  });
  for (;;) {
    const stop = await whenConnectable(() => onState('paused'));
    // Until it is this tab's turn.
    onState('off');
    const end = await inTurn(stop, () => session.run(stop));
    if (end === 'no-gateway') return onState('off');
  }
}

/** Runs the work when no other tab of this app runs its own; not at all if `stop` comes first. */
async function inTurn<T>(stop: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
  const name = `live-updates ${new URL('.', document.baseURI).href}`;
  try {
    return await navigator.locks.request(name, { signal: stop }, work);
  } catch (error) {
    if (stop.aborted) return undefined;
    throw error;
  }
}
