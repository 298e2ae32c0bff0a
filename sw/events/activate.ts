import { activateShell } from '../caching/shell.ts';
import type { WorkerContext } from '../context.ts';

/** Takes over from the old version. Only the shell's own cache is tidied: audio is never in it. */
export async function onActivate(event: ExtendableEvent, context: WorkerContext): Promise<void> {
  await activateShell(event);
  await context.clients.claim();
}
