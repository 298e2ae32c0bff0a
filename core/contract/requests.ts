import type { Outcome } from '../model/failure.ts';
import type { EpisodeId, PodcastId } from '../model/ids.ts';
import type { Chapter } from '../model/parsed-feed.ts';
import type { SettingsChange } from '../model/settings.ts';
import type { SubscriptionChange } from '../model/subscription.ts';
import type { Cue } from '../model/transcript.ts';
import type { PageCause } from '../model/wake-up.ts';

/**
 * Every request a page can make of the worker: name, parameters, result. A command is acknowledged
 * only after its row is written; asking twice is the same as asking once.
 */
export interface Requests {
  'worker/version': { params: Nothing; result: { protocol: number; build: string } };
  /** Take control of the asking page (first load, forced reload), so that `/media` is answered. */
  'worker/claim': { params: Nothing; result: Nothing };
  /** End what can be gone on with later: a new version is about to take over. */
  'worker/make-way': { params: Nothing; result: Nothing };

  /**
   * Carries an address that a person typed. Without a network it is accepted, and its podcast waits
   * for its feed.
   */
  'podcast/subscribe': { params: { address: string }; result: Outcome<PodcastId> };
  /** By the id that a podcast has in a kept answer of the directory. */
  'podcast/subscribe-found': {
    params: { query: string; podcastId: PodcastId };
    result: Outcome<PodcastId>;
  };
  /**
   * Reads many feeds again, in one bounded step; a page repeats it until nothing is left. `since` (ms
   * since 1970): all that were not read since then; `null`: those whose time has come.
   */
  'podcasts/refresh': { params: { since: number | null }; result: RefreshStep };
  /** What a person decides about the new episodes of one podcast. */
  'podcast/follow': {
    params: { podcastId: PodcastId; change: SubscriptionChange };
    result: Nothing;
  };
  /** The new episodes of one podcast, or with `null` of all, have been looked at. */
  'episodes/seen': { params: { podcastId: PodcastId | null }; result: Nothing };
  /** `waits`: there is no network, and it is accepted to be done when there is. */
  'podcast/refresh': {
    params: { podcastId: PodcastId };
    result: Outcome<{ changed: boolean; waits: boolean }>;
  };
  /** Removes the podcast, its episodes and everything that was downloaded of it. */
  'podcast/unsubscribe': { params: { podcastId: PodcastId }; result: Nothing };

  /**
   * Asks the directory of podcasts. What it found is in the row of the question. `keep`: a person wants the answer, also later: without a network it is accepted (`waits`), and
   * asked when there is one.
   */
  'directory/search': {
    params: { query: string; keep: boolean };
    result: Outcome<{ found: number; waits: boolean }>;
  };

  /** Try an entry of the outbox again that was refused, or that waits. */
  'outbox/retry': { params: { sequence: number }; result: Nothing };
  /** Do not do it at all. A podcast that has never been read goes with it. */
  'outbox/discard': { params: { sequence: number }; result: Nothing };
  /**
   * A part of a list of podcasts that a person chose, with its addresses. Nothing is done before the
   * last part is here.
   */
  'opml/import': { params: OpmlPart; result: Nothing };
  /** The same with a list that is at an address, which a person typed. */
  'opml/fetch': { params: { importId: string; address: string }; result: Outcome<Nothing> };
  /** Work on the import for one bounded step (at most 20 s). A page repeats it. */
  'imports/advance': { params: Nothing; result: ImportAdvance };
  /** What waits is not subscribed to, not even what is under way. */
  'imports/cancel': { params: Nothing; result: Nothing };
  /** What was cancelled or has failed waits again. */
  'imports/resume': { params: Nothing; result: Nothing };
  /** Forgets every outcome. */
  'imports/clear': { params: Nothing; result: Nothing };

  /** Kept ones first, else fetched and parsed; empty where there are none, or none to be had. */
  'episode/chapters': { params: { episodeId: EpisodeId }; result: Chapter[] };
  'episode/transcript': { params: { episodeId: EpisodeId }; result: Cue[] };

  /** A fresh gateway address to stream the enclosure from; `null` where there is no gateway. */
  'episode/relay': { params: { episodeId: EpisodeId }; result: { address: string | null } };

  /** `copy`: the id of one of the episode's copies (`core/model/enclosure-copy.ts`); else as before. */
  'download/start': {
    params: { episodeId: EpisodeId; copy?: string | undefined };
    result: Outcome<Nothing>;
  };
  'download/pause': { params: { episodeId: EpisodeId }; result: Nothing };
  'download/resume': { params: { episodeId: EpisodeId }; result: Nothing };
  /** Cancel and Delete: the bytes go, now or at the next clean-up, and do not come back. */
  'download/delete': { params: { episodeId: EpisodeId }; result: Nothing };
  /** Marks what is never removed to make room, and takes the mark away. */
  'download/keep': { params: { episodeId: EpisodeId }; result: Nothing };
  'download/unkeep': { params: { episodeId: EpisodeId }; result: Nothing };
  /** Puts it in front of another one in the queue; `null`: behind all. */
  'download/move': {
    params: { episodeId: EpisodeId; before: EpisodeId | null };
    result: Nothing;
  };
  /** A page that can start a Background Fetch asks what to start; again, until there is nothing. */
  'download/claim': { params: Nothing; result: { plan: BackgroundFetchPlan | null } };
  /** What became of a plan: the browser took it, or said no. */
  'download/launched': {
    params: { fetchId: string; refusal: LaunchRefusal | null };
    result: Nothing;
  };
  /**
   * Work for one bounded step (at most 20 s). A page repeats it until nothing is left to do. `by`: why it
   * asks, for the Inspector to show.
   */
  'downloads/advance': { params: { by?: PageCause | undefined }; result: Advance };
  /** Pause and Resume for everything that is not finished. */
  'downloads/pause': { params: Nothing; result: Nothing };
  'downloads/resume': { params: Nothing; result: Nothing };
  /** Deletes them all, a moment later; until then `downloads/restore` brings them back, whole. */
  'downloads/remove': { params: { episodeIds: EpisodeId[] }; result: Nothing };
  'downloads/restore': { params: { episodeIds: EpisodeId[] }; result: Nothing };
  /** The start-up check: once per opened page, before anything new is started. */
  'downloads/reconcile': { params: Nothing; result: Nothing };

  'playback/save': { params: { episodeId: EpisodeId; positionS: number }; result: Nothing };
  'settings/save': { params: { change: SettingsChange }; result: Nothing };
  /** Three that change nothing: the Inspector's buttons. Broadcast to every window. */
  'inspector/broadcast': { params: Nothing; result: Nothing };
  /** Say something to the asking page alone, beside the answer. */
  'inspector/whisper': { params: Nothing; result: Nothing };
  /** Answer only after 5 s. Other requests are answered meanwhile. */
  'inspector/hush': { params: Nothing; result: Nothing };
  /**
   * Keep things before they are needed, by id: pictures, and all that an episode comes with (its
   * picture, chapters, transcript). Answers whose are here, complete, after at most 20 s.
   */
  'cache/keep': { params: KeepWish; result: KeepWish };
}

export type Nothing = Record<string, never>;

/** One Background Fetch to start: `fetch(fetchId, requests, {title, downloadTotal})`. */
export interface BackgroundFetchPlan {
  fetchId: string;
  title: string;
  /** Sum of what the requests ask for; `null` where the host does not say. */
  downloadTotalBytes: number | null;
  /** In the order in which the array must be given to the browser. */
  requests: { url: string; range: string | null }[];
}

/** Ids only: the worker looks the addresses up in rows that the parser wrote. */
export interface KeepWish {
  artworkOf: (PodcastId | EpisodeId)[];
  companionsOf: EpisodeId[];
}

export interface OpmlPart {
  /** Names the whole list. */
  importId: string;
  /** At most 500. `usable`: it was read as an address; else it is only shown. */
  feeds: { address: string; title: string | null; usable: boolean }[];
  /** Where in the list this part begins. */
  firstPosition: number;
  isLast: boolean;
}

export interface ImportAdvance {
  /** When another step is worth asking for, ms from now; `null` when there is nothing to be done. */
  againInMs: number | null;
}

export type LaunchRefusal = 'no-space' | 'too-many' | 'not-allowed' | 'unexpected';

export interface Advance {
  /** When another step is worth asking for, ms from now; `null` when nothing is left to do. */
  againInMs: number | null;
  /** A download waits for a page that can start a Background Fetch: send `download/claim`. */
  claimable: boolean;
}

export interface RefreshStep {
  /** Feeds that are still to be read. */
  left: number;
  /** Of those read in this step: how many brought something, and how many failed. */
  changed: number;
  failed: number;
}

export type RequestType = keyof Requests;
export type Params<Type extends RequestType> = Requests[Type]['params'];
export type Result<Type extends RequestType> = Requests[Type]['result'];
