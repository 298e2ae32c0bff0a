import type { EpisodeId } from '../model/ids.ts';

/**
 * What one tab tells the others, past the worker: a BroadcastChannel wakes no worker, and reaches
 * nobody who is not open. Hints, like all messages.
 */
export type TabMessage =
  /** `startedAt`: ms since 1970, with fractions. Where two tabs start together, the later one plays. */
  | { type: 'player/started'; episodeId: EpisodeId; startedAt: number }
  /** The row has them. */
  | { type: 'settings/changed' };

export interface TabEnvelope {
  protocol: number;
  kind: 'tab';
  /** The tab that speaks, for as long as its page lives. */
  tabId: string;
  message: TabMessage;
}
