import { installShell } from '../caching/shell.ts';
import type { WorkerContext } from '../context.ts';
import { feedParser } from '../feeds/feed-parser.ts';

/** The new version is complete, or it is not installed. It then waits for the user's word. */
export function onInstall(event: ExtendableEvent, _context: WorkerContext): void {
  event.waitUntil(install(event));
}

/** Rejects where anything is missing: an exception in the listener itself would not fail the install. */
async function install(event: ExtendableEvent): Promise<void> {
  // Imported once while installing, or it could not be imported later.
  feedParser();
  await installShell(event);
}
