import { installShell } from '../caching/shell.ts';
import type { WorkerContext } from '../context.ts';
import { later } from '../later-script.ts';

/**
 * The new version is complete, or it is not installed: rejects where anything is missing. It then
 * waits for the user's word.
 */
export async function onInstall(_event: ExtendableEvent, context: WorkerContext): Promise<void> {
  // Imported once while installing, or it could not be imported later.
  later();
  await installShell(context);
}
