import type { PodcastId } from '../../core/model/ids.ts';
import { SILENT_FEED } from '../../core/model/parsed-feed.ts';
import type { Podcast } from '../../core/model/podcast.ts';

/** The row of a podcast whose feed nobody has read yet: under the name of its host. */
export function waitingPodcast(id: PodcastId, feedUrl: string, addedAt: number): Podcast {
  return {
    id,
    feedUrl,
    title: new URL(feedUrl).hostname,
    ...SILENT_FEED,
    relayTokens: [],
    addedAt,
    refreshedAt: 0,
    etag: undefined,
    lastModified: undefined,
    refreshFailure: undefined,
  };
}
