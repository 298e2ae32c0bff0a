import type { DBSchema } from 'idb';
import type { Attempt } from '../model/attempt.ts';
import type { DirectorySearch } from '../model/directory-search.ts';
import type { Download } from '../model/download.ts';
import type { Episode } from '../model/episode.ts';
import type { ImportedFeed } from '../model/feed-import.ts';
import type { HostVerdict } from '../model/host-verdict.ts';
import type { AttemptId, EpisodeId, PodcastId } from '../model/ids.ts';
import type { OutboxEntry } from '../model/outbox.ts';
import type { Podcast } from '../model/podcast.ts';
import type { Settings } from '../model/settings.ts';
import type { Subscription } from '../model/subscription.ts';
import type { WakeUp } from '../model/wake-up.ts';

export const DATABASE_NAME = 'stowaway';

/**
 * The database of the app at `baseAddress`. Several may live on one origin, each under its own path,
 * and they share nothing.
 */
export function databaseNameFor(baseAddress: string): string {
  const { pathname } = new URL(baseAddress);
  return pathname === '/' ? DATABASE_NAME : `${DATABASE_NAME}:${pathname}`;
}

/** Every store of the one database. Bytes and facts live together, so they can commit together. */
export interface StowawaySchema extends DBSchema {
  podcasts: { key: PodcastId; value: Podcast };
  episodes: {
    key: EpisodeId;
    value: Episode;
    indexes: {
      byPodcast: [PodcastId, number];
      byDate: number;
      /** Only of those that have arrived after the subscription. */
      byArrival: [PodcastId, number];
    };
  };
  downloads: { key: EpisodeId; value: Download; indexes: { byPosition: number } };
  attempts: { key: AttemptId; value: Attempt; indexes: { byEpisode: EpisodeId } };
  segments: { key: [AttemptId, number]; value: StoredSegment };
  playback: { key: EpisodeId; value: Playback };
  settings: { key: string; value: Settings };
  'wake-ups': { key: number; value: WakeUp };
  subscriptions: { key: PodcastId; value: Subscription };
  outbox: { key: number; value: OutboxEntry };
  'kept-files': { key: [KeptFile['keptIn'], string]; value: KeptFile };
  searches: { key: string; value: DirectorySearch };
  hosts: { key: string; value: HostVerdict };
  scrub: { key: string; value: ScrubPlace };
  imports: { key: string; value: ImportedFeed; indexes: { byState: [string, number] } };
}

/** The bytes of one journal entry. A Blob is a handle: reading the record does not read the bytes. */
export interface StoredSegment {
  attemptId: AttemptId;
  offsetBytes: number;
  blob: Blob;
}

/** Where listening stopped. */
export interface Playback {
  episodeId: EpisodeId;
  positionS: number;
  savedAt: number;
}

/**
 * What is known of a file in Cache Storage: an image, chapters, a transcript. Written before its
 * bytes and removed after them, so that no bytes are here that nobody counts.
 */
export interface KeptFile {
  /** The cache it is in. */
  keptIn: 'artwork' | 'companions';
  /** The file's own address, its key there. */
  address: string;
  sizeBytes: number;
  /** When it was kept or last looked at, to the hour. */
  usedAt: number;
  /** When its host was last asked whether there is a newer one. */
  checkedAt: number;
}

/** Where the slow check of all that is downloaded has come to. */
export interface ScrubPlace {
  /** The attempt that is read next, or the first one behind it; empty at the beginning. */
  attemptId: string;
  offsetBytes: number;
  /** When the last pass came to its end, ms since 1970; `undefined` while one is under way. */
  endedAt: number | undefined;
}
