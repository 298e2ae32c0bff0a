import type { PodcastId } from '../../core/model/ids.ts';
import { listNewestEpisodes } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { knownWay } from '../hosts/host-verdicts.ts';
import { probe } from './probe.ts';

/**
 * Finds out whether a podcast's audio can be kept, before anybody asks for it: only where no gateway
 * stands behind it, and with 4 KiB of its newest episode.
 */
export async function judgeHost(context: WorkerContext, podcastId: PodcastId): Promise<void> {
  if (!context.isOnline() || context.sparesData()) return;
  const [newest] = await listNewestEpisodes(await context.database(), { podcastId, limit: 1 });
  const url = newest?.enclosure?.url;
  if (!newest || !url || newest.relayTokens.some(([address]) => address === url)) return;
  if ((await knownWay(context, url)) === undefined) await probe(context, newest, url);
}
