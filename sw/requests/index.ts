import type { Handlers } from '../../core/messaging/serve.ts';
import type { WorkerContext } from '../context.ts';
import { keepAhead } from './cache-keep.ts';
import { searchDirectory } from './directory-search.ts';
import { claimDownload } from './download-claim.ts';
import { deleteDownload } from './download-delete.ts';
import { keepDownload, unkeepDownload } from './download-keep.ts';
import { noteDownloadLaunched } from './download-launched.ts';
import { reorderDownload } from './download-move.ts';
import { pauseDownload } from './download-pause.ts';
import { resumeDownload } from './download-resume.ts';
import { startDownload } from './download-start.ts';
import { advanceDownloads } from './downloads-advance.ts';
import { pauseAllDownloads } from './downloads-pause.ts';
import { reconcileDownloads } from './downloads-reconcile.ts';
import { removeDownloads } from './downloads-remove.ts';
import { restoreDownloads } from './downloads-restore.ts';
import { resumeAllDownloads } from './downloads-resume.ts';
import { readChapters } from './episode-chapters.ts';
import { findRelay } from './episode-relay.ts';
import { readTranscript } from './episode-transcript.ts';
import { markEpisodesSeen } from './episodes-seen.ts';
import { workOnImports } from './imports-advance.ts';
import { cancelImport, clearImport, resumeImport } from './imports-change.ts';
import { broadcastForInspector } from './inspector-broadcast.ts';
import { hushForInspector } from './inspector-hush.ts';
import { whisperForInspector } from './inspector-whisper.ts';
import { fetchOpml } from './opml-fetch.ts';
import { importOpml } from './opml-import.ts';
import { discardOutboxEntry } from './outbox-discard.ts';
import { retryOutboxEntry } from './outbox-retry.ts';
import { savePlayback } from './playback-save.ts';
import { followPodcast } from './podcast-follow.ts';
import { refreshPodcast } from './podcast-refresh.ts';
import { subscribeToPodcast } from './podcast-subscribe.ts';
import { subscribeToFound } from './podcast-subscribe-found.ts';
import { unsubscribeFromPodcast } from './podcast-unsubscribe.ts';
import { refreshAllPodcasts } from './podcasts-refresh.ts';
import { saveSettings } from './settings-save.ts';
import { claimPage } from './worker-claim.ts';
import { makeWay } from './worker-make-way.ts';
import { tellVersion } from './worker-version.ts';

/** What a handler knows about the request it answers. */
export interface Call {
  context: WorkerContext;
  /** The page that asks. */
  clientId: string;
  /** The same page, to say something to it alone. */
  sender: Pick<Client, 'postMessage'>;
  /** Keeps the worker alive for work that goes on after the answer. */
  waitUntil(work: Promise<unknown>): void;
}

/** A request of the contract without a handler does not compile. */
export const handlers = {
  'worker/version': tellVersion,
  'worker/claim': claimPage,
  'worker/make-way': makeWay,
  'podcast/subscribe': subscribeToPodcast,
  'podcast/subscribe-found': subscribeToFound,
  'podcast/refresh': refreshPodcast,
  'podcasts/refresh': refreshAllPodcasts,
  'podcast/follow': followPodcast,
  'episodes/seen': markEpisodesSeen,
  'podcast/unsubscribe': unsubscribeFromPodcast,
  'directory/search': searchDirectory,
  'outbox/retry': retryOutboxEntry,
  'outbox/discard': discardOutboxEntry,
  'opml/import': importOpml,
  'opml/fetch': fetchOpml,
  'imports/advance': workOnImports,
  'imports/cancel': cancelImport,
  'imports/resume': resumeImport,
  'imports/clear': clearImport,
  'episode/chapters': readChapters,
  'episode/transcript': readTranscript,
  'episode/relay': findRelay,
  'download/start': startDownload,
  'download/pause': pauseDownload,
  'download/resume': resumeDownload,
  'download/delete': deleteDownload,
  'download/keep': keepDownload,
  'download/unkeep': unkeepDownload,
  'download/move': reorderDownload,
  'download/claim': claimDownload,
  'download/launched': noteDownloadLaunched,
  'downloads/advance': advanceDownloads,
  'downloads/pause': pauseAllDownloads,
  'downloads/resume': resumeAllDownloads,
  'downloads/remove': removeDownloads,
  'downloads/restore': restoreDownloads,
  'downloads/reconcile': reconcileDownloads,
  'playback/save': savePlayback,
  'settings/save': saveSettings,
  'inspector/broadcast': broadcastForInspector,
  'inspector/whisper': whisperForInspector,
  'inspector/hush': hushForInspector,
  'cache/keep': keepAhead,
} satisfies Handlers<Call>;
