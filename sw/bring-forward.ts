import type { Destination } from '../core/contract/broadcasts.ts';
import type { WorkerContext } from './context.ts';
import { windowsOf } from './windows.ts';

const HASHES: Record<Destination, string> = {
  library: '#/',
  episodes: '#/episodes',
  downloads: '#/downloads',
  settings: '#/settings',
};

/**
 * Shows the app at one of its pages: in the window that is looked at, else in one that can be seen,
 * else in the one that was used last, else in a new one. Only within an event that a person caused
 * by a press; elsewhere the browser refuses, and that is reported.
 */
export async function bringForward(
  context: WorkerContext,
  destination: Destination,
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
      await context.tell(window, { type: 'window/brought-forward', destination });
      await window.focus();
    } else {
      await context.clients.openWindow(new URL(HASHES[destination], context.baseUrl).href);
    }
  } catch (error) {
    context.report(error);
  }
}
