import type { Envelope } from '../../core/contract/envelope.ts';
import { areStreamParams, isStreamType } from '../../core/contract/guards.ts';
import type { StreamType } from '../../core/contract/streams.ts';
import { PROTOCOL } from '../../core/contract/version.ts';
import type { WorkerContext } from '../context.ts';
import { subscribeToDownloadProgress } from './download-progress.ts';

type Subscribe = (clientId: string, port: MessagePort, context: WorkerContext) => Promise<void>;

const streams = {
  'downloads/progress': subscribeToDownloadProgress,
} satisfies { [Type in StreamType]: Subscribe };

/** Opens the stream that was asked for; anything else gets its port closed. */
export async function openWorkerStream(
  { protocol, type, params }: Envelope,
  clientId: string,
  port: MessagePort,
  context: WorkerContext,
): Promise<void> {
  if (protocol !== PROTOCOL || !isStreamType(type) || !areStreamParams(type, params)) {
    port.close();
    return;
  }
  await streams[type](clientId, port, context);
}
