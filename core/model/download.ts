import type { Failure } from './failure.ts';
import type { AttemptId, EpisodeId, PodcastId } from './ids.ts';

export type PauseReason = 'user' | 'space' | 'network' | 'unmetered' | 'retry';

export type DownloadState =
  | { kind: 'absent' }
  | { kind: 'queued' }
  | { kind: 'active' }
  | { kind: 'paused'; reason: PauseReason }
  /** `paused`: the user asked for that meanwhile; it holds where the check sends the download back. */
  | { kind: 'verifying'; paused?: true | undefined }
  /** The only state that is shown as Downloaded. */
  | { kind: 'committed' }
  | { kind: 'failed'; failure: Failure }
  /** Was committed; the browser has removed bytes. */
  | { kind: 'evicted' }
  /** Bytes are being removed. `again`: the user asked for a new download meanwhile. */
  | { kind: 'deleting'; again: boolean };

export type DownloadEvent =
  /** The user asked for the episode. */
  | { type: 'requested' }
  | { type: 'paused' }
  | { type: 'resumed' }
  /** The user asked to be rid of it: Cancel and Delete are the same intent. */
  | { type: 'deleted' }
  /** An engine holds the lease and is at work. */
  | { type: 'started' }
  /** What stood in the way may be gone: try again. */
  | { type: 'woken' }
  | { type: 'interrupted'; reason: Exclude<PauseReason, 'user'> }
  /** The host's bytes changed: the attempt is void, a new one is wanted. */
  | { type: 'restarted' }
  | { type: 'failed'; failure: Failure }
  /** Every byte is journaled. */
  | { type: 'stored' }
  | { type: 'verified' }
  /** The start-up check found bytes missing. */
  | { type: 'evicted' }
  /** The last byte of a deleted download is gone. */
  | { type: 'cleared' };

/**
 * The download state machine. Pure and total: every pair is defined, and one that means nothing in
 * a state leaves it as it is, so a late, doubled or reordered event does no harm. A late `stored`
 * never revives a deleted episode; a late `woken` never undoes a pause by the user.
 */
export function next(state: DownloadState, event: DownloadEvent): DownloadState {
  switch (state.kind) {
    case 'absent':
      return event.type === 'requested' ? { kind: 'queued' } : state;
    case 'queued':
      return event.type === 'started' ? { kind: 'active' } : leave(state, event);
    case 'active':
      if (event.type === 'stored') return { kind: 'verifying' };
      return event.type === 'restarted' ? { kind: 'queued' } : leave(state, event);
    case 'verifying':
      return check(state, event);
    case 'paused':
      if (event.type === 'requested' || event.type === 'resumed') return { kind: 'queued' };
      if (event.type === 'woken') return state.reason === 'user' ? state : { kind: 'queued' };
      return event.type === 'interrupted' ? state : leave(state, event);
    case 'failed':
    case 'evicted':
      if (event.type === 'requested' || event.type === 'resumed') return { kind: 'queued' };
      return event.type === 'deleted' ? { kind: 'deleting', again: false } : state;
    case 'committed':
      if (event.type === 'evicted') return { kind: 'evicted' };
      return event.type === 'deleted' ? { kind: 'deleting', again: false } : state;
    case 'deleting':
      if (event.type === 'requested') return { kind: 'deleting', again: true };
      if (event.type === 'deleted') return { kind: 'deleting', again: false };
      if (event.type === 'cleared') return { kind: state.again ? 'queued' : 'absent' };
      return state;
  }
}

/** Nothing is left to fetch, so a pause lets the check come to its end; but nothing is fetched after it. */
function check(state: DownloadState & { kind: 'verifying' }, event: DownloadEvent): DownloadState {
  switch (event.type) {
    case 'verified':
      return { kind: 'committed' };
    case 'paused':
      return state.paused ? state : { kind: 'verifying', paused: true };
    case 'requested':
    case 'resumed':
      return state.paused ? { kind: 'verifying' } : state;
    case 'restarted':
      return state.paused ? { kind: 'paused', reason: 'user' } : { kind: 'queued' };
    case 'interrupted':
      return state.paused ? { kind: 'paused', reason: 'user' } : leave(state, event);
    default:
      return leave(state, event);
  }
}

/** The ways out of a download that is not finished, the same for every such state. */
function leave(state: DownloadState, event: DownloadEvent): DownloadState {
  switch (event.type) {
    case 'paused':
      return { kind: 'paused', reason: 'user' };
    case 'interrupted':
      return { kind: 'paused', reason: event.reason };
    case 'failed':
      return { kind: 'failed', failure: event.failure };
    case 'deleted':
      return { kind: 'deleting', again: false };
    default:
      return state;
  }
}

/**
 * What follows from a change of state, by name, for the worker to carry out after the row is written
 * (`sw/downloads/carry-out.ts`). Each may be lost with a worker that dies just then: what must not be
 * lost is said by the state itself, and found there by the next step.
 */
export type DownloadEffect =
  /** Every page looks at the row again. */
  | 'tell-pages'
  /** The engine at work ends; what has come is kept. */
  | 'stop-work'
  /** The bytes go; the state says so until they have. */
  | 'free-bytes'
  /** It waits for its turn: a step that is under way, and has a place free, takes it. */
  | 'offer-work'
  /** There may be room: what waits for space may try again. */
  | 'wake-for-space'
  /** One more is here: the user's rules say whether others go. */
  | 'keep-to-rules'
  /** It is here: the person is told, and what belongs to the episode is kept as well. */
  | 'welcome'
  /** It has ended with its reason: the person is told. */
  | 'regret';

/** In the order in which they are carried out. Nothing follows where nothing changed. */
export function effectsOf(before: DownloadState, after: DownloadState): DownloadEffect[] {
  if (before === after) return [];
  switch (after.kind) {
    case 'deleting':
      return before.kind === 'deleting' ? ['tell-pages'] : ['tell-pages', 'free-bytes'];
    case 'committed':
      // The browser's copy has gone, and what this one was promised is spent.
      return ['tell-pages', 'welcome', 'wake-for-space', 'keep-to-rules'];
    case 'failed':
      return ['tell-pages', 'regret'];
    case 'paused':
      // The others are ends of work that has stopped already, as is whatever ends a check.
      return before.kind !== 'verifying' && ['user', 'unmetered'].includes(after.reason)
        ? ['stop-work', 'tell-pages']
        : ['tell-pages'];
    case 'absent':
      return before.kind === 'deleting' ? ['wake-for-space', 'tell-pages'] : ['tell-pages'];
    case 'queued':
      if (before.kind === 'deleting') return ['wake-for-space', 'tell-pages', 'offer-work'];
      // What starts anew had its turn in this step.
      return before.kind === 'active' || before.kind === 'verifying'
        ? ['tell-pages']
        : ['tell-pages', 'offer-work'];
    case 'active':
    case 'verifying':
    case 'evicted':
      return ['tell-pages'];
  }
}

/** Whether an engine may still have work with a download in this state, now or when it is woken. */
export function isUnfinished(state: DownloadState): boolean {
  return (
    state.kind === 'queued' ||
    state.kind === 'active' ||
    state.kind === 'verifying' ||
    state.kind === 'paused' ||
    state.kind === 'deleting'
  );
}

/** One row per episode that was ever asked for: the `downloads` store, keyed by `episodeId`. */
export interface Download {
  episodeId: EpisodeId;
  state: DownloadState;
  /** Place in the queue, growing; two rows never share one. */
  position: number;
  /** The attempt that works, or that worked last. */
  attemptId: AttemptId | undefined;
  /** The address of the copy that was chosen, as the feed names it; the enclosure where none was. */
  source?: string | undefined;
  /** The attempt whose bytes are played when the state is `committed`. */
  committedAttemptId: AttemptId | undefined;
  /** How often the host's bytes changed under an attempt; after the second, one whole request. */
  restarts: number;
  /** When a download that waits may try again, ms since 1970; only decides when, never what. */
  retryAt: number | undefined;
  /** When that wait began, ms since 1970; see `remainingWaitMs` in `retry-policy.ts`. */
  waitsSince: number | undefined;
  /** Failed tries in a row, for the backoff. Progress sets it to 0. */
  retries: number;
  /** The failed tries of the last 24 hours, ms since 1970; progress does not undo them. */
  failuresAt: number[];
  /** "Download now anyway": it may use any network, until it has ended. */
  anyway: boolean;
  /** It came by itself, and waits for an unmetered network whatever the settings say. */
  onlyUnmetered: boolean;
  /** Its last turn in the foreground engine; `undefined` until it has one. */
  turn: Turn | undefined;
  /**
   * Where the last answer without a length ended. A clean end proves nothing; the same end twice
   * is taken for the whole.
   */
  endedAtBytes: number | undefined;
  /** When it was committed, ms since 1970. */
  storedAt: number | undefined;
  /** The user's mark: never removed to make room. */
  keep: boolean;
  /** The user has put it in its place in the queue: it comes in that order, before all others. */
  placed: boolean;
  /** It is as good as deleted, and can be brought back until then. */
  removal: Removal | undefined;
  /** Why it waits for space, where that was known before it began. */
  shortage: Shortage | undefined;
}

/** Both ms since 1970. A clock outside of that time, on either side of it, says that it is over. */
export interface Removal {
  since: number;
  at: number;
}

export interface Shortage {
  neededBytes: number;
  freeBytes: number;
}

/** The turns of all downloads are numbered in one row, whichever podcast they are of. */
export interface Turn {
  podcastId: PodcastId;
  number: number;
}
