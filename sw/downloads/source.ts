import type { ChangedStatus } from '../../core/api/paths.ts';
import type { Attempt } from '../../core/model/attempt.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { WorkerContext } from '../context.ts';
import { relayAddress } from '../hosts/relay-address.ts';

/**
 * Where the bytes of an attempt are fetched now; `undefined` when only a gateway could. `changed`: how
 * the gateway is to say that the host has another version.
 */
export async function attemptAddress(
  context: WorkerContext,
  attempt: Attempt,
  episode: Episode,
  changed?: ChangedStatus,
): Promise<string | undefined> {
  if (attempt.route === 'direct') return attempt.url;
  // One whole request is of one version, whichever that is.
  const validator = attempt.shape === 'segmented' ? attempt.validator : undefined;
  return relayAddress(context, episode, attempt.url, { validator, changed });
}
