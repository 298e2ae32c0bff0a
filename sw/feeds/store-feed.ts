import { copiesOf } from '../../core/model/enclosure-copy.ts';
import type { Episode } from '../../core/model/episode.ts';
import { failed, type Outcome, succeeded } from '../../core/model/failure.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import type { ParsedEpisode } from '../../core/model/parsed-feed.ts';
import type { Podcast, RelayToken } from '../../core/model/podcast.ts';
import { listTouched, type PutFeedOptions, putFeed } from '../../core/storage/podcasts.ts';
import type { WorkerContext } from '../context.ts';
import type { FetchedFeed } from './fetch-feed.ts';
import { episodeIdOf } from './identify.ts';

/**
 * Stores what a feed says, all of it or nothing. Items without audio are left out. `onlyIfThere`: a
 * refresh must not bring back what was unsubscribed meanwhile. `changed`: an episode has come, or
 * says something else.
 */
export async function storeFeed(
  context: WorkerContext,
  id: PodcastId,
  { feedUrl, etag, lastModified, feed, relayTokens }: FetchedFeed,
  addedAt: number,
  options: PutFeedOptions = {},
): Promise<Outcome<{ changed: boolean }>> {
  const { title, episodes: items, ...facts } = feed;
  const tokens = new Map(relayTokens);
  const podcast: Podcast = {
    ...facts,
    id,
    feedUrl,
    title: title ?? new URL(feedUrl).hostname,
    relayTokens: tokensFor(tokens, [feed.imageUrl]),
    addedAt,
    refreshedAt: context.now(),
    etag,
    lastModified,
    refreshFailure: undefined,
  };
  const audible = items.filter((item) => item.enclosure);
  const episodes = await Promise.all(audible.map((item) => toEpisode(id, item, tokens)));
  try {
    const db = await context.database();
    const touched = await listTouched(db);
    return succeeded({ changed: await putFeed(db, podcast, episodes, { ...options, touched }) });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError') {
      return failed({ code: 'no-space', neededBytes: undefined });
    }
    throw error;
  }
}

async function toEpisode(
  podcastId: PodcastId,
  item: ParsedEpisode,
  tokens: ReadonlyMap<string, string>,
): Promise<Episode> {
  const { imageUrl, chaptersUrl, transcripts } = item;
  return {
    ...item,
    id: await episodeIdOf(podcastId, item),
    podcastId,
    title: item.title ?? 'Untitled episode',
    publishedAt: item.publishedAt ?? 0,
    relayTokens: tokensFor(tokens, [
      ...copiesOf(item).map(({ url }) => url),
      imageUrl,
      chaptersUrl,
      ...transcripts.map(({ url }) => url),
    ]),
  };
}

function tokensFor(
  tokens: ReadonlyMap<string, string>,
  urls: (string | undefined)[],
): RelayToken[] {
  return urls.flatMap((url) => {
    const token = url && tokens.get(url);
    return token ? [[url, token] as RelayToken] : [];
  });
}
