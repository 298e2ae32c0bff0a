import type { Attempt, JournalEntry } from '../../model/attempt.ts';
import type { Download } from '../../model/download.ts';
import type { Episode } from '../../model/episode.ts';
import type { AttemptId, EpisodeId, PodcastId } from '../../model/ids.ts';
import { type AlternateEnclosure, SILENT_FEED } from '../../model/parsed-feed.ts';
import type { Podcast } from '../../model/podcast.ts';

/*
 * Rows for tests: complete and plain, so that a test names only what it is about.
 */

export function aPodcast(facts: Partial<Podcast> = {}): Podcast {
  return {
    id: 'podcast' as PodcastId,
    feedUrl: 'https://podcast.example/feed.xml',
    title: 'A podcast',
    ...SILENT_FEED,
    relayTokens: [],
    addedAt: 0,
    refreshedAt: 0,
    etag: undefined,
    lastModified: undefined,
    refreshFailure: undefined,
    ...facts,
  };
}

export function anEpisode(facts: Partial<Episode> = {}): Episode {
  const url = 'https://podcast.example/episode.mp3';
  return {
    id: 'episode' as EpisodeId,
    podcastId: 'podcast' as PodcastId,
    guid: undefined,
    title: 'An episode',
    link: undefined,
    description: undefined,
    publishedAt: 0,
    durationS: undefined,
    explicit: undefined,
    season: undefined,
    episode: undefined,
    kind: undefined,
    imageUrl: undefined,
    enclosure: { url, type: 'audio/mpeg', sizeBytes: undefined },
    alternateEnclosures: [],
    chaptersUrl: undefined,
    chapters: [],
    transcripts: [],
    persons: [],
    relayTokens: [],
    ...facts,
  };
}

export function aDownload(facts: Partial<Download> = {}): Download {
  return {
    episodeId: 'episode' as EpisodeId,
    state: { kind: 'queued' },
    position: 0,
    attemptId: undefined,
    committedAttemptId: undefined,
    restarts: 0,
    retryAt: undefined,
    waitsSince: undefined,
    retries: 0,
    failuresAt: [],
    anyway: false,
    onlyUnmetered: false,
    turn: undefined,
    endedAtBytes: undefined,
    storedAt: undefined,
    keep: false,
    placed: false,
    removal: undefined,
    shortage: undefined,
    ...facts,
  };
}

/** A form of an episode beside its enclosure. */
export function anAlternate(facts: Partial<AlternateEnclosure> = {}): AlternateEnclosure {
  return {
    type: undefined,
    sizeBytes: undefined,
    bitrate: undefined,
    title: undefined,
    isDefault: undefined,
    integrity: undefined,
    sources: [],
    ...facts,
  };
}

export function anAttempt(facts: Partial<Attempt> = {}): Attempt {
  return {
    id: 'attempt' as AttemptId,
    episodeId: 'episode' as EpisodeId,
    epoch: 0,
    lease: undefined,
    url: 'https://podcast.example/episode.mp3',
    route: 'direct',
    totalBytes: 1_000_000,
    contentType: 'audio/mpeg',
    validator: undefined,
    shape: 'segmented',
    engine: 'foreground',
    segmentBytes: 256 * 1024,
    journal: [],
    ...facts,
  };
}

export function anEntry(offsetBytes: number, lengthBytes: number, sha256 = ''): JournalEntry {
  return { offsetBytes, lengthBytes, sha256 };
}
