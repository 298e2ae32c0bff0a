import type { Episode } from '../../core/model/episode.ts';
import { listDownloads } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { listKeptFiles } from '../../core/storage/kept-files.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import type { WorkerContext } from '../context.ts';
import { companionAddresses } from './companion-addresses.ts';
import { keepCompanions } from './companions.ts';

/** Each time a page is opened: what one host never has must not cost a request for every episode. */
const MAX_EPISODES = 5;
const BUDGET_MS = 20_000;

/**
 * Part of the start-up check: what downloaded episodes come with (picture, chapters, transcripts) and
 * is not here is fetched again. A worker may have died right behind the commit of the episode, or the
 * host was away then. Which ones are tried is left to chance, so that those that cannot be had do not
 * stand in the way of others.
 */
export async function keepMissingCompanions(
  context: WorkerContext,
  signal = AbortSignal.timeout(BUDGET_MS),
): Promise<void> {
  if (!context.isOnline() || context.sparesData()) return;
  const lacking = await listLacking(context);
  for (let tried = 0; tried < MAX_EPISODES && lacking.length > 0; tried += 1) {
    const [episode] = lacking.splice(Math.floor(context.random() * lacking.length), 1);
    if (!episode || signal.aborted) return;
    await keepCompanions(context, episode, signal);
  }
}

async function listLacking(context: WorkerContext): Promise<Episode[]> {
  const db = await context.database();
  const kept = new Set((await listKeptFiles(db)).map(({ address }) => address));
  const lacking: Episode[] = [];
  for (const { episodeId, state } of await listDownloads(db)) {
    const episode = state.kind === 'committed' ? await getEpisode(db, episodeId) : undefined;
    if (!episode) continue;
    const image = episode.imageUrl ?? (await getPodcast(db, episode.podcastId))?.imageUrl;
    const addresses = [...companionAddresses(episode), ...(image ? [image] : [])];
    if (addresses.some((address) => !kept.has(address))) lacking.push(episode);
  }
  return lacking;
}
