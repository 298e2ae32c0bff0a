import { createContext } from '@lit/context';
import type { AutoDownload } from '../core/model/auto-download.ts';
import type { DirectoryResult, DirectorySearch } from '../core/model/directory-search.ts';
import type { DownloadState, Shortage } from '../core/model/download.ts';
import type { Episode } from '../core/model/episode.ts';
import type { Failure, Outcome } from '../core/model/failure.ts';
import type { ImportCounts, ImportedFeed } from '../core/model/feed-import.ts';
import type { EpisodeId, PodcastId } from '../core/model/ids.ts';
import type { OutboxEntry } from '../core/model/outbox.ts';
import type { Chapter } from '../core/model/parsed-feed.ts';
import type { Podcast } from '../core/model/podcast.ts';
import type { RetentionRules, StoredEpisode } from '../core/model/retention.ts';
import type { Settings, SettingsChange } from '../core/model/settings.ts';
import type { Subscription, SubscriptionChange } from '../core/model/subscription.ts';
import type { Cue } from '../core/model/transcript.ts';
import type { WakeUp } from '../core/model/wake-up.ts';
import type { Inspection } from './inspection-view.ts';

/*
 * What elements may ask for. Pages and controllers take these by context and know nothing of
 * storage, messages or the service worker behind them. `main.ts` provides the real ones, element
 * tests provide plain objects.
 *
 * Every service is an EventTarget that dispatches a plain `change` event: look again.
 */

/** The podcasts and episodes on this device, read from rows. */
export interface Library extends EventTarget {
  /** By title. */
  podcasts(): Promise<Podcast[]>;
  podcast(id: PodcastId): Promise<Podcast | undefined>;
  /** Newest first; of one podcast, or of all. */
  episodes(query: { podcastId?: PodcastId; limit: number }): Promise<Episode[]>;
  episode(id: EpisodeId): Promise<Episode | undefined>;
  chapters(episode: Episode): Promise<Chapter[]>;
  transcript(episode: Episode): Promise<Cue[]>;
  /** An address for `<img>`, one that works offline where it can; `undefined` without artwork. */
  artworkUrl(item: Podcast | Episode): string | undefined;
  /** The same for a podcast that the directory found for these words. */
  foundArtworkUrl(words: string, item: DirectoryResult): string | undefined;
  /**
   * Takes what a person typed. Resolves when the podcast and its episodes are stored, or, without a
   * network, when it is accepted: then `refreshedAt` is 0 until its feed is here.
   */
  subscribe(address: string): Promise<Outcome<PodcastId>>;
  /** Takes a podcast out of what the directory found for these words. */
  subscribeFound(words: string, id: PodcastId): Promise<Outcome<PodcastId>>;
  /** Whether all podcasts are being refreshed, by a press or by a pull. */
  readonly refreshing: boolean;
  /** Reads every feed again. Resolves with what came of it. */
  refreshAll(): Promise<Outcome<RefreshTotals>>;
  /** What the person has decided about each podcast, and how far they have looked. */
  subscriptions(): Promise<ReadonlyMap<PodcastId, Subscription>>;
  /** How many episodes have come of each podcast that nobody has looked at. */
  newCounts(): Promise<ReadonlyMap<PodcastId, number>>;
  /** The new episodes of a podcast, or without an id of all, have been looked at. */
  markSeen(id?: PodcastId): void;
  follow(id: PodcastId, change: SubscriptionChange): Promise<Outcome<unknown>>;
  /** What auto-download would take at once, if it were switched on with these rules. */
  previewAutoDownload(id: PodcastId, rules: AutoDownload): Promise<Episode[]>;
  /** `waits`: accepted, to be done when there is a network. */
  refresh(id: PodcastId): Promise<Outcome<{ changed: boolean; waits: boolean }>>;
  unsubscribe(id: PodcastId): Promise<void>;
}

export interface RefreshTotals {
  /** Podcasts that have something new, and such that could not be read. */
  changed: number;
  failed: number;
}

/** One download as people see it. */
export interface DownloadView {
  episodeId: EpisodeId;
  state: DownloadState;
  /** Grows along the queue; only its order means something. */
  position: number;
  receivedBytes: number;
  totalBytes: number | undefined;
  /** While bytes are coming; smoothed over some seconds. */
  rateBytesPerS: number | undefined;
  /** ms since 1970, where it waits to be tried again and that takes longer than a moment. */
  retryAt?: number | undefined;
  /** Marked by the user: never removed to make room. */
  keep?: boolean;
  /** Deleted a moment ago with others: it can be brought back, whole. Its state says deleting. */
  removing?: boolean;
  /** When it was all here, ms since 1970. */
  storedAt?: number | undefined;
  /** Why it waits for space, where that is known. */
  shortage?: Shortage | undefined;
}

export interface Downloads extends EventTarget {
  /** The latest known downloads, absent ones left out. Changes only with a `change` event. */
  readonly all: ReadonlyMap<EpisodeId, DownloadView>;
  /** Bytes of committed episodes and of those under way. */
  readonly storedBytes: number;
  /** `copy`: the id of one of the episode's copies, where the person has chosen one. */
  start(id: EpisodeId, copy?: string): Promise<Outcome<unknown>>;
  /** Whether its host is known to let it be played, but not kept. */
  isPlayOnly(episode: Episode): boolean;
  pause(id: EpisodeId): Promise<void>;
  resume(id: EpisodeId): Promise<void>;
  /** Cancel what is under way, or delete what is there. */
  remove(id: EpisodeId): Promise<void>;
  /** Marks it, or takes the mark away. */
  keep(id: EpisodeId, keep: boolean): Promise<void>;
  /** Puts it in front of another one in the queue; `null`: behind all. */
  move(id: EpisodeId, before: EpisodeId | null): Promise<void>;
  pauseAll(): Promise<void>;
  resumeAll(): Promise<void>;
  /** Deletes them a moment later; until then `restore` brings them back. */
  removeAll(ids: EpisodeId[]): Promise<Outcome<unknown>>;
  restore(ids: EpisodeId[]): Promise<Outcome<unknown>>;
}

export interface Player extends EventTarget {
  readonly current: { episode: Episode; podcastTitle: string } | undefined;
  readonly playing: boolean;
  /** Whether the element waits for data. */
  readonly waiting: boolean;
  readonly positionS: number;
  /** 0 while unknown. */
  readonly durationS: number;
  /** Why the current episode does not play, where it does not. */
  readonly failure: 'offline' | 'not-playable' | undefined;
  /** The one `audio` element of the app: given once by the player bar. */
  attach(audio: HTMLAudioElement): void;
  play(episode: Episode): Promise<void>;
  /** Play or pause what is current. */
  toggle(): void;
  seek(positionS: number): void;
}

/** The state of the app's own plumbing, in words that people can use. */
export interface AppStatus extends EventTarget {
  readonly online: boolean;
  /** `online-only`: this browser (or window) has no service worker; nothing can be kept. */
  readonly worker: 'starting' | 'ready' | 'online-only';
  /** A new version waits for the user's word. */
  readonly updateWaiting: boolean;
  /** The user has taken it here; it begins as soon as nothing is being stored. */
  readonly updateTaking: boolean;
  /** It is at work, taken in another tab, and this page is still one of the old version. */
  readonly updateTaken: boolean;
  /** Page and worker do not understand each other: only a reload helps. */
  readonly outdated: boolean;
  /** The browser offers to install the app. */
  readonly installable: boolean;
  readonly version: string;
  /** The first version has just been kept here, for good: said once on a device. */
  readonly readyOffline: boolean;
  /** The library that was here is gone: the browser has removed it. */
  readonly libraryLost: boolean;
  /** Lets what waits take over, and reloads; without that, only reloads. */
  takeUpdate(): void;
  install(): Promise<void>;
  /** Dismisses the message about a lost library. */
  acknowledgeLoss(): void;
  /** Dismisses the message that the app now opens without a connection. */
  acknowledgeReady(): void;
}

export interface StorageEstimate {
  usedBytes: number;
  /** What the browser would let us use; `undefined` where it does not say. */
  quotaBytes: number | undefined;
  /** Whether the browser promised not to evict. */
  persisted: boolean;
}

export interface StorageKeeper {
  estimate(): Promise<StorageEstimate>;
  /** Asks the browser not to evict; may never be answered, so nothing waits for it. */
  askToPersist(): void;
  /** What these rules would let go of now, in that order. */
  whatWouldGo(rules: RetentionRules): Promise<(StoredEpisode & { title: string })[]>;
}

export interface Inspector {
  /** Begins to look. Its code comes now, so this rejects where that cannot be had. */
  open(): Promise<Inspection>;
}

/** What was found on this device. */
export interface FoundHere {
  podcasts: Podcast[];
  /** The best of them: by title, then by the podcast's name, then by show notes; newest first. */
  episodes: Episode[];
  /** Of all of them. */
  episodeCount: number;
  /** Those of the episodes. */
  podcastOf: ReadonlyMap<PodcastId, Podcast>;
}

/** Searches the library, and the directory of all podcasts. */
export interface Search extends EventTarget {
  /** The library is still being read: what is found is not all there is. */
  readonly reading: boolean;
  /** Here, without a connection. Rejects where the rows cannot be read. */
  find(words: string, most: number): Promise<FoundHere>;
  /** What is known of the directory's answer; `undefined` where it was never asked. */
  answer(words: string): Promise<DirectorySearch | undefined>;
  /**
   * Asks the directory. Resolves when the answer, or why there is none, is in its row. `keep`: without a
   * network it is kept in the outbox, and asked when there is one.
   */
  ask(words: string, how: { keep: boolean }): Promise<Outcome<unknown>>;
  close(): void;
}

export interface Searcher {
  /** Begins to read the library. Its code comes now, so this rejects where that cannot be had. */
  open(): Promise<Search>;
}

/** How this page hears from the gateway that feeds have changed. */
export interface LiveUpdates extends EventTarget {
  /**
   * `off`: there is no gateway or nothing to follow, or another tab does it. `paused`: this page is
   * hidden, offline, or on a connection that is metered.
   */
  readonly state: 'off' | 'connecting' | 'websocket' | 'server-sent-events' | 'paused';
}

/** What the person has decided about the app. */
export interface SettingsKeeper extends EventTarget {
  readonly current: Settings;
  /** Whether the browser tells networks with data limits from others. */
  readonly tellsNetworks: boolean;
  /** Whether it fetches episodes by itself, as many at once as it likes. */
  readonly fetchesByItself: boolean;
  /** What the browser says to notifications: `default` means that nobody has asked yet. */
  readonly notifications: NotificationPermission | 'missing';
  /** Holds at once; resolves when it is a row, or with why it is not. */
  change(change: SettingsChange): Promise<Outcome<unknown>>;
  /** Has the browser ask. Only after a press on something that says so. */
  askToNotify(): Promise<void>;
}

/**
 * `missing`: this browser cannot. `refused`: it may not. `idle`: nothing to be woken for.
 * `registered`: it will wake the worker.
 */
export type WakeUpState = 'missing' | 'refused' | 'idle' | 'registered';

/** How the browser wakes the worker when no page is open. */
export interface WakeUps extends EventTarget {
  /** Background Sync: when a connection is back. */
  readonly sync: WakeUpState;
  /** Periodic Background Sync: now and then. */
  readonly periodicSync: WakeUpState;
  /** The wake-ups that came, newest first. */
  received(limit: number): Promise<WakeUp[]>;
}

export interface OutboxView extends OutboxEntry {
  /** The title, or the host, of what it is about. */
  about: string;
}

/** What was asked for without a network, and is kept until it is done. */
export interface Outbox extends EventTarget {
  /** Oldest first. */
  entries(): Promise<OutboxView[]>;
  retry(sequence: number): Promise<void>;
  discard(sequence: number): Promise<void>;
}

/** Podcasts come along from another app's list (OPML), and go to another app with one. */
export interface Imports extends EventTarget {
  /** What became of the list so far; none where nothing was imported. */
  readonly counts: ImportCounts;
  /** A list is being read. */
  readonly reading: boolean;
  /** Why the last list was not taken, or the last wish not met. */
  readonly failure: Failure | undefined;
  /** The first of a kind, in the order of their list. */
  rows(kind: keyof ImportCounts, limit: number): Promise<ImportedFeed[]>;
  fromFile(file: Blob): Promise<void>;
  /** Takes what a person typed. */
  fromAddress(address: string): Promise<void>;
  /** Saves a file with every podcast. Resolves with their number. */
  saveList(): Promise<number>;
  cancel(): Promise<void>;
  /** Goes on with what was cancelled or has failed. */
  resume(): Promise<void>;
  /** Forgets the outcomes. */
  clear(): Promise<void>;
}

/** Has things kept before they are needed. Hints: nothing waits for them, asking twice is once. */
export interface KeepAhead {
  /** Its cover. */
  podcast(id: PodcastId): void;
  /** Its picture, chapters and transcript. */
  episode(id: EpisodeId): void;
}

export const libraryContext = createContext<Library>(Symbol('library'));
export const downloadsContext = createContext<Downloads>(Symbol('downloads'));
export const playerContext = createContext<Player>(Symbol('player'));
export const statusContext = createContext<AppStatus>(Symbol('status'));
export const storageContext = createContext<StorageKeeper>(Symbol('storage'));
export const inspectionContext = createContext<Inspector>(Symbol('inspection'));
export const searchContext = createContext<Searcher>(Symbol('search'));
export const liveContext = createContext<LiveUpdates>(Symbol('live'));
export const settingsContext = createContext<SettingsKeeper>(Symbol('settings'));
export const wakeUpsContext = createContext<WakeUps>(Symbol('wake-ups'));
export const outboxContext = createContext<Outbox>(Symbol('outbox'));
export const importsContext = createContext<Imports>(Symbol('imports'));
export const keepAheadContext = createContext<KeepAhead>(Symbol('keep-ahead'));
