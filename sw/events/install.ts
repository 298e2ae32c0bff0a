import { installShell } from '../caching/shell.ts';
import type { WorkerContext } from '../context.ts';

/** The new version is complete, or it is not installed. It then waits for the user's word. */
export function onInstall(event: ExtendableEvent, _context: WorkerContext): void {
  event.waitUntil(installShell(event));
}
