import type { Params, Result } from '../../core/contract/requests.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { relayAddress } from '../hosts/relay-address.ts';
import type { Call } from './index.ts';

export async function findRelay(
  { episodeId }: Params<'episode/relay'>,
  { context }: Call,
): Promise<Result<'episode/relay'>> {
  const episode = await getEpisode(await context.database(), episodeId);
  const url = episode?.enclosure?.url;
  const address = episode && url ? await relayAddress(context, episode, url) : undefined;
  return { address: address ?? null };
}
