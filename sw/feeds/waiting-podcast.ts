import type { PodcastId } from '../../core/model/ids.ts';
import type { Podcast } from '../../core/model/podcast.ts';

/** The row of a podcast whose feed nobody has read yet: under the name of its host. */
export function waitingPodcast(id: PodcastId, feedUrl: string, addedAt: number): Podcast {
  return {
    id,
    feedUrl,
    title: new URL(feedUrl).hostname,
    link: undefined,
    description: undefined,
    imageUrl: undefined,
    language: undefined,
    author: undefined,
    ownerName: undefined,
    ownerEmail: undefined,
    explicit: undefined,
    kind: undefined,
    guid: undefined,
    newFeedUrl: undefined,
    nextPageUrl: undefined,
    funding: [],
    persons: [],
    relayTokens: [],
    addedAt,
    refreshedAt: 0,
    etag: undefined,
    lastModified: undefined,
    refreshFailure: undefined,
  };
}
