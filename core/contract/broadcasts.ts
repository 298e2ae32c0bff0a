import type { EpisodeId, PodcastId } from '../model/ids.ts';

/**
 * What the worker tells every window, in the past tense: look again. Losing, doubling or reordering
 * one changes nothing, because the rows are the truth.
 */
export type Broadcast =
  | { type: 'podcasts/changed'; podcastIds: PodcastId[] }
  | { type: 'downloads/changed'; episodeIds: EpisodeId[] }
  | { type: 'download/finished'; episodeId: EpisodeId }
  | { type: 'download/failed'; episodeId: EpisodeId }
  /** Only to be seen in the Inspector: to every window, and to the asking page alone. */
  | { type: 'inspector/greeted' }
  | { type: 'inspector/whispered' }
  /** Something was accepted, done, or refused; what, is in rows. */
  | { type: 'outbox/changed' }
  /** Podcasts of a list were taken over, or not; what became of them is in rows. */
  | { type: 'imports/changed' }
  /** The browser has woken the worker; what came of it is in rows. */
  | { type: 'wake-ups/changed' }
  /** A question to the directory was asked or answered. */
  | { type: 'searches/changed' }
  /**
   * To one window alone: somebody pressed a notification, and it is the one that came forward.
   * `words`: what was searched for, where that is what it is about; else empty.
   */
  | { type: 'window/brought-forward'; destination: Destination; words: string };

/** Where a notification may lead: a page of the app by its name, never an address. */
export type Destination = 'library' | 'episodes' | 'downloads' | 'search' | 'settings';

export interface BroadcastEnvelope {
  protocol: number;
  kind: 'broadcast';
  broadcast: Broadcast;
}

/**
 * What workbox-broadcast-update tells every window of this version when a kept file was replaced by
 * a newer one. The shape is Workbox's (its `updatedURL`, not `updatedUrl`).
 */
export interface CacheUpdate {
  type: 'CACHE_UPDATED';
  meta: 'workbox-broadcast-update';
  payload: {
    cacheName: string;
    /** The key of the entry. A page compares it with the addresses in its rows; it never fetches it. */
    updatedURL: string;
  };
}
