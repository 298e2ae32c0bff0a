import { StreamPublisher } from '../../core/messaging/stream.ts';
import type { WorkerContext } from '../context.ts';

/** At most ten messages a second: more costs throughput, and no eye follows it. */
const INTERVAL_MS = 100;

const publishers = new WeakMap<WorkerContext, StreamPublisher<'downloads/progress'>>();

/** Shows the progress board to one page. The publisher is rebuilt with every life of the worker. */
export async function subscribeToDownloadProgress(
  clientId: string,
  port: MessagePort,
  context: WorkerContext,
): Promise<void> {
  let publisher = publishers.get(context);
  if (!publisher) {
    publisher = new StreamPublisher(() => context.progress.snapshot(), INTERVAL_MS, context.lifeId);
    publishers.set(context, publisher);
    context.progress.onChange = () => publisher?.changed();
  }
  publisher.add(clientId, port);
  const windows = await context.clients.matchAll({ type: 'window', includeUncontrolled: true });
  publisher.keepOnly(new Set(windows.map((client) => client.id)));
}
