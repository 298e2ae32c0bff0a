import { areStreamParams, isStreamType } from '../../core/contract/entrance.ts';
import { type Envelope, type Refusal, refusal } from '../../core/contract/envelope.ts';
import type { StreamType } from '../../core/contract/streams.ts';
import { PROTOCOL } from '../../core/contract/version.ts';
import type { WorkerContext } from '../context.ts';
import { subscribeToDownloadProgress } from './download-progress.ts';

type Subscribe = (clientId: string, port: MessagePort, context: WorkerContext) => Promise<void>;

const streams = {
  'downloads/progress': subscribeToDownloadProgress,
} satisfies { [Type in StreamType]: Subscribe };

/** Opens the stream that was asked for; anything else is told why not, and gets its port closed. */
export async function openWorkerStream(
  { protocol, type, params }: Envelope,
  clientId: string,
  port: MessagePort,
  context: WorkerContext,
): Promise<void> {
  const refused = refusalOf(protocol, type, params);
  if (refused || !isStreamType(type)) {
    port.postMessage(refused);
    port.close();
    return;
  }
  await streams[type](clientId, port, context);
}

function refusalOf(protocol: number, type: string, params: unknown): Refusal | undefined {
  if (protocol !== PROTOCOL) {
    return refusal('protocol-mismatch', `this worker speaks protocol ${PROTOCOL}`);
  }
  if (!isStreamType(type)) return refusal('unknown-type', `no stream is called ${type}`);
  if (!areStreamParams(type, params)) return refusal('bad-params', `wrong parameters for ${type}`);
  return undefined;
}
