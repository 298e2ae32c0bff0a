import type { Failure } from '../../core/model/failure.ts';
import type { ImportCounts, ImportedFeed } from '../../core/model/feed-import.ts';
import type { OutboxEntry } from '../../core/model/outbox.ts';
import type { WakeUp } from '../../core/model/wake-up.ts';

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
