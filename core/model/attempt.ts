import type { AttemptId, EpisodeId } from './ids.ts';
import type { HashState } from './integrity.ts';

/** A download engine, chosen by feature. */
export type Engine = 'background-fetch' | 'foreground';

/** One try at bringing an episode here: the `attempts` store, keyed by `id`. */
export interface Attempt {
  id: AttemptId;
  episodeId: EpisodeId;
  /** Grows by one each time somebody takes the lease. A writer with an older epoch writes nothing. */
  epoch: number;
  lease: Lease | undefined;
  /** The address that the bytes come from: the enclosure's own, or its `https:` form. */
  url: string;
  /** How `url` is reached: by itself, or through the gateway. */
  route: 'direct' | 'gateway';
  /** Length of the whole enclosure; `undefined` until a host without lengths has ended its answer. */
  totalBytes: number | undefined;
  contentType: string;
  /** The strong ETag that all segments share, where one is readable. */
  validator: string | undefined;
  /** `segmented`: the host answers ranges. `whole`: one request brings everything. */
  shape: 'segmented' | 'whole';
  /** The engine meant for this attempt; `foreground` as well where the browser refused the other. */
  engine: Engine;
  segmentBytes: number;
  /** Committed segments, sorted by offset, never overlapping. Written with the bytes, or not at all. */
  journal: JournalEntry[];
  /** The choice of the download's row that this attempt was made for. */
  source?: string | undefined;
  /** The digest that the feed gives for the file at `url`: checked before it is committed. */
  integrity?: string | undefined;
  /** How far that check has come; `undefined` before it has begun. */
  hashed?: HashState | undefined;
  /** Committed once and found broken since, by what they were: not in the journal any more. */
  damaged?: JournalEntry[] | undefined;
}

export interface Lease {
  engine: Engine;
  /** A Background Fetch id (`<attempt>:<epoch>`), or the name of one worker's life. */
  owner: string;
  /** The page that was asked to start the Background Fetch. */
  clientId: string | undefined;
  /** Other pages that were open while that one was. */
  besides?: string[] | undefined;
  /** The life of the browser in which that page was asked, where it can be told. */
  browserLife?: string | undefined;
  /** Grows from one Background Fetch to the next: the browser works on them in this order. */
  started?: number | undefined;
  /** ms since 1970. From then on anyone may take over. */
  expiresAt: number;
  /** How much of the episode was stored when it was taken: more than that is progress. */
  hadBytes?: number | undefined;
}

export interface JournalEntry {
  offsetBytes: number;
  lengthBytes: number;
  /** Lower-case hex. */
  sha256: string;
}

export function receivedBytes(attempt: Pick<Attempt, 'journal'>): number {
  return attempt.journal.reduce((sum, entry) => sum + entry.lengthBytes, 0);
}
