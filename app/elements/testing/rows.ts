import type { DownloadState } from '../../../core/model/download.ts';
import type { Episode } from '../../../core/model/episode.ts';
import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import { NO_TRIES } from '../../../core/model/waiting.ts';
import type { DownloadView, OutboxView } from '../../contexts.ts';

/** Rows for tests of elements: complete, with what the test cares about on top. */

export function aPodcast(id: string, more: Partial<Podcast> = {}): Podcast {
  return {
    id: id as PodcastId,
    feedUrl: `https://example.org/${id}.xml`,
    title: `Podcast ${id}`,
    link: 'https://example.org/',
    description: 'A podcast about things.',
    imageUrl: undefined,
    language: 'en',
    author: 'Ada Example',
    ownerName: undefined,
    ownerEmail: undefined,
    explicit: false,
    kind: 'episodic',
    guid: undefined,
    newFeedUrl: undefined,
    nextPageUrl: undefined,
    funding: [],
    persons: [],
    relayTokens: [],
    addedAt: 0,
    refreshedAt: Date.UTC(2026, 10, 1),
    etag: undefined,
    lastModified: undefined,
    refreshFailure: undefined,
    ...more,
  };
}

export function anEpisode(id: string, more: Partial<Episode> = {}): Episode {
  return {
    id: id as EpisodeId,
    podcastId: 'p1' as PodcastId,
    guid: id,
    title: `Episode ${id}`,
    link: undefined,
    description: '<p>Notes about it.</p>',
    publishedAt: Date.UTC(2026, 9, 12),
    durationS: 2520,
    explicit: false,
    season: undefined,
    episode: undefined,
    kind: 'full',
    imageUrl: undefined,
    enclosure: { url: `https://example.org/${id}.mp3`, type: 'audio/mpeg', sizeBytes: 48e6 },
    alternateEnclosures: [],
    chaptersUrl: undefined,
    chapters: [],
    transcripts: [],
    persons: [],
    relayTokens: [],
    ...more,
  };
}

export function aDownload(
  id: string,
  state: DownloadState,
  more: Partial<DownloadView> = {},
): DownloadView {
  return {
    episodeId: id as EpisodeId,
    state,
    position: 1,
    receivedBytes: 0,
    totalBytes: undefined,
    rateBytesPerS: undefined,
    ...more,
  };
}

export function anOutboxEntry(sequence: number, more: Partial<OutboxView> = {}): OutboxView {
  const podcastId = `p${sequence}` as PodcastId;
  return {
    sequence,
    idempotencyKey: `key-${sequence}`,
    entity: podcastId,
    mutation: { kind: 'subscribe', podcastId },
    acceptedAt: Date.now(),
    state: 'waiting',
    epoch: 0,
    leaseOwner: undefined,
    tries: NO_TRIES,
    failure: undefined,
    about: `host-${sequence}.example`,
    ...more,
  };
}
