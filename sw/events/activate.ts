import type { WorkerContext } from '../context.ts';
import { later } from '../later-script.ts';

/** Takes over from the old version, whose files stay: its pages are still open, see `tidyShell`. */
export async function onActivate(_event: ExtendableEvent, context: WorkerContext): Promise<void> {
  await context.clients.claim();
  later().renewSoon(context);
}
