import type { DirectorySearch } from '../../core/model/directory-search.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { Outcome } from '../../core/model/failure.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import type { Podcast } from '../../core/model/podcast.ts';

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
