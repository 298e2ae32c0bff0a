import type { Destination } from '../core/contract/broadcasts.ts';
import type { WorkerContext } from './context.ts';
import { windowsOf } from './windows.ts';

const HASHES: Record<Destination, string> = {
  library: '#/',
  episodes: '#/episodes',
  downloads: '#/downloads',
  search: '#/search',
  settings: '#/settings',
};

/**
 * Shows the app at one of its pages: in the window that is looked at, else in one that can be seen,
 * else in the one that was used last, else in a new one. Only within an event that a person caused
 * by a press; elsewhere the browser refuses, and that is reported. `words`: what to search for there.
 */
export async function bringForward(
  context: WorkerContext,
  destination: Destination,
  words = '',
): Promise<void> {
  const windows = await windowsOf(context);
  const window =
    windows.find(({ focused }) => focused) ??
    windows.find(({ visibilityState }) => visibilityState === 'visible') ??
    windows[0];
  try {
    if (window) {
      // Not `window.navigate`: it is refused for a window that we do not control, and a navigation
      // by the browser may load the page anew, in the middle of what it plays.
      await context.tell(window, { type: 'window/brought-forward', destination, words });
      await window.focus();
    } else {
      const hash = words
        ? `${HASHES[destination]}/${encodeURIComponent(words)}`
        : HASHES[destination];
      await context.clients.openWindow(new URL(hash, context.baseUrl).href);
    }
  } catch (error) {
    context.report(error);
  }
}
