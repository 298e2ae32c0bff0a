import { type ChangedStatus, relayPath } from '../../core/api/paths.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { Podcast } from '../../core/model/podcast.ts';
import type { WorkerContext } from '../context.ts';
import { later } from '../later-script.ts';

/**
 * The gateway's address for something that a feed names; `undefined` where the feed did not come
 * through a gateway, or it is not there now. What relays lives for a day, and is asked for each time.
 */
export async function relayAddress(
  context: WorkerContext,
  row: Pick<Episode | Podcast, 'relayTokens'>,
  url: string,
  {
    validator,
    changed,
    signal = context.timeout(30_000),
  }: {
    validator?: string | undefined;
    changed?: ChangedStatus | undefined;
    signal?: AbortSignal;
  } = {},
): Promise<string | undefined> {
  const stored = row.relayTokens.find(([tokenUrl]) => tokenUrl === url)?.[1];
  const fresh = stored && (await later().exchangeRelayToken(context, stored, signal));
  return fresh ? new URL(relayPath(fresh, validator, changed), context.baseUrl).href : undefined;
}
