import type { Tap } from '../../../core/messaging/tap.ts';
import type { LiveUpdates } from '../../contexts.ts';
import type { RowReader } from '../row-reader.ts';
import type { WorkerLink } from '../worker-link.ts';
import { whenConnectable } from './conditions.ts';
import { FeedRefresher } from './feed-refresher.ts';
import { LiveSession } from './session.ts';
import { backoffMs, pause } from './waiting.ts';

/** Where there is no gateway, or something in front of it said so, it is looked for again. */
const LOOK_AGAIN_MS = 10 * 60_000;

/**
 * Follows the feeds of all podcasts for the life of the page, in one visible tab of many. Never
 * resolves, and never rejects.
 */
export async function followFeeds(options: {
  reader: RowReader;
  link: WorkerLink;
  tap: Tap;
  onState(state: LiveUpdates['state']): void;
}): Promise<never> {
  const { reader, link, tap, onState } = options;
  const refresher = new FeedRefresher(reader, link);
  const session = new LiveSession({ reader, refresher, tap, onState });
  link.onBroadcast(({ type }) => {
    if (type === 'podcasts/changed') session.podcastsChanged();
  });
  for (let failures = 0; ; ) {
    const stop = await whenConnectable(() => onState('paused'));
    // Until it is this tab's turn.
    onState('off');
    try {
      const end = await inTurn(stop, () => session.run(stop));
      failures = 0;
      if (end !== 'no-gateway') continue;
      onState('off');
      await pauseUntilOnline(LOOK_AGAIN_MS);
    } catch (error) {
      // Rows that could not be read, most likely, which is over when the browser has more room.
      console.warn('live updates begin anew', error);
      onState('off');
      failures += 1;
      await pauseUntilOnline(backoffMs(failures));
    }
  }
}

/** Waits so long, or until the browser has another connection: that may lead elsewhere. */
async function pauseUntilOnline(ms: number): Promise<void> {
  const online = new AbortController();
  const end = () => online.abort();
  addEventListener('online', end, { once: true });
  await pause(ms, online.signal);
  removeEventListener('online', end);
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
