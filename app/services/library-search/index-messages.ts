import type { Finds } from './library-index.ts';

/*
 * What the page and its search worker say to each other. The page makes this worker out of a file of
 * its own, and nobody else has a way to it: both sides take each other at their word.
 */

export type ToIndex =
  /** The first message: where the rows are. */
  | { type: 'open'; databaseName: string }
  | { type: 'find'; id: number; typed: string; most: number }
  /** Some podcasts have changed: the rows say which. */
  | { type: 'changed' };

export type FromIndex =
  | { type: 'found'; id: number; finds: Finds }
  /** More can be found than before. `done`: everything that is there. */
  | { type: 'read'; done: boolean }
  /** The rows could not be read. */
  | { type: 'broken'; reason: string };
