import type { DownloadState } from '../../core/model/download.ts';
import type { FailureCode } from '../../core/model/failure.ts';
import type { DownloadView } from '../contexts.ts';
import { failureText } from '../failure-text.ts';
import { timeOfDay } from './figures.ts';
import type { IconName } from './icon.ts';

/** The status texts: part of the interface, word for word. */
export type StatusText =
  | 'Not downloaded'
  | 'Queued'
  | 'Downloading'
  | 'Paused'
  | 'Waiting for network'
  | 'Verifying'
  | 'Downloaded'
  | 'Failed'
  | 'Removed by the browser';

export function statusText(state: DownloadState): StatusText {
  switch (state.kind) {
    case 'absent':
    case 'deleting':
      return 'Not downloaded';
    case 'queued':
      return 'Queued';
    case 'active':
      return 'Downloading';
    case 'paused':
      return state.reason === 'user' || state.reason === 'space' ? 'Paused' : 'Waiting for network';
    case 'verifying':
      return 'Verifying';
    case 'committed':
      return 'Downloaded';
    case 'failed':
      return 'Failed';
    case 'evicted':
      return 'Removed by the browser';
  }
}

/** What is half here plays, as far as it is here. */
export function playsOffline(
  download: Pick<DownloadView, 'state' | 'receivedBytes'> | undefined,
): boolean {
  switch (download?.state.kind) {
    case 'committed':
      return true;
    case 'queued':
    case 'active':
    case 'paused':
    case 'verifying':
    case 'failed':
      return download.receivedBytes > 0;
    default:
      return false;
  }
}

/** Why a download stands still and what can be done, where that needs saying. */
export function explanation({
  state,
  retryAt,
  shortage,
}: Pick<DownloadView, 'state' | 'retryAt' | 'shortage'>): string | undefined {
  switch (state.kind) {
    case 'failed':
      return failureText(state.failure);
    case 'evicted':
      return 'The browser needed the space. Download it again to have it without a connection.';
    case 'paused':
      if (state.reason === 'space' && shortage) {
        return failureText({ code: 'no-space', ...shortage });
      }
      if (state.reason === 'retry' && retryAt !== undefined) return retryWords(retryAt);
      return PAUSE_WORDS[state.reason];
    default:
      return undefined;
  }
}

const PAUSE_WORDS = {
  user: undefined,
  space: 'There is no space left. Delete an episode you have heard, and it goes on by itself.',
  network: 'Goes on by itself when there is a connection.',
  unmetered: 'Goes on by itself on a network without data limits. Resume gets it now anyway.',
  retry: 'The host did not answer as it should. Stowaway tries again by itself.',
} as const;

function retryWords(retryAt: number): string {
  return `The host did not answer as it should. Stowaway tries again at ${timeOfDay(retryAt)}; Resume tries now.`;
}

export const STATUS_ICONS: Record<StatusText, IconName | undefined> = {
  'Not downloaded': undefined,
  Queued: 'clock',
  Downloading: 'download',
  Paused: 'pause-small',
  'Waiting for network': 'offline',
  Verifying: 'clock',
  Downloaded: 'check',
  Failed: 'alert',
  'Removed by the browser': 'alert',
};

/** The button that moves a download on, and the one that ends it. */
export interface DownloadButtons {
  onward: 'Download' | 'Pause' | 'Resume' | undefined;
  ending: 'Cancel' | 'Delete' | undefined;
}

/** What a button does here, in more than its word. The word is its name everywhere. */
export function hintFor(word: string, state: DownloadState): string {
  const isHeldBack = state.kind === 'paused' && state.reason === 'unmetered';
  return word === 'Resume' && isHeldBack ? 'Download now anyway' : word;
}

/** The same again can only fail again: what is left is to be rid of it. */
const FUTILE: ReadonlySet<FailureCode> = new Set([
  'enclosure-missing',
  'enclosure-refused',
  'play-only',
]);

export function buttonsFor(state: DownloadState): DownloadButtons {
  switch (state.kind) {
    case 'absent':
    case 'deleting':
      return { onward: 'Download', ending: undefined };
    case 'queued':
    case 'active':
      return { onward: 'Pause', ending: 'Cancel' };
    case 'paused':
      return { onward: 'Resume', ending: 'Cancel' };
    case 'verifying':
      return { onward: undefined, ending: 'Cancel' };
    case 'committed':
      return { onward: undefined, ending: 'Delete' };
    case 'failed': {
      const onward = FUTILE.has(state.failure.code) ? undefined : 'Download';
      return { onward, ending: 'Delete' };
    }
    case 'evicted':
      return { onward: 'Download', ending: 'Delete' };
  }
}
