import type { DownloadState, Shortage } from '../../core/model/download.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { Outcome } from '../../core/model/failure.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import type { RetentionRules, StoredEpisode } from '../../core/model/retention.ts';

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
