import type { Failure } from './failure.ts';
import type { PodcastId } from './ids.ts';

/** One podcast of a list that is being taken over: a row of the `imports` store, keyed by `address`. */
export interface ImportedFeed {
  /** Where its feed is; or what stood in the list, where that is no address. */
  address: string;
  /** What the list calls it. */
  title: string | undefined;
  /** The list that it is from. */
  importId: string;
  /** Its place there. */
  position: number;
  state: ImportState;
  /** How often it was begun: one that ends the worker each time must not do so for ever. */
  tries: number;
}

export type ImportState =
  /** Its list is not here to its end: nothing is done about it yet. */
  | { kind: 'listed' }
  | { kind: 'waiting' }
  | { kind: 'added'; podcastId: PodcastId }
  /** It was subscribed to before. */
  | { kind: 'there'; podcastId: PodcastId }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'cancelled' };

/** How many there are of each kind. */
export type ImportCounts = Record<Exclude<ImportState['kind'], 'listed'>, number>;

export const MOST_TRIES = 4;
