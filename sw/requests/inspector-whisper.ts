import type { BroadcastEnvelope } from '../../core/contract/broadcasts.ts';
import type { Params, Result } from '../../core/contract/requests.ts';
import { PROTOCOL } from '../../core/contract/version.ts';
import type { Call } from './index.ts';

/** To the page that asked and to no other: through the message's own `source`, not its port. */
export async function whisperForInspector(
  _params: Params<'inspector/whisper'>,
  { context, sender }: Call,
): Promise<Result<'inspector/whisper'>> {
  const broadcast = { type: 'inspector/whispered' } as const;
  const message: BroadcastEnvelope = { protocol: PROTOCOL, kind: 'broadcast', broadcast };
  sender.postMessage(message);
  context.tap.record(() => ({
    channel: 'broadcast',
    from: 'worker',
    to: 'page',
    type: broadcast.type,
    phase: 'only',
    payload: broadcast,
  }));
  return {};
}
