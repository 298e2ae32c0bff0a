import type { Handlers } from '../../core/messaging/serve.ts';
import type { WorkerContext } from '../context.ts';
import { later } from '../later-script.ts';
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
import { findRelay } from './episode-relay.ts';
import { savePlayback } from './playback-save.ts';
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
  'podcast/subscribe': (...asked) => later().subscribeToPodcast(...asked),
  'podcast/subscribe-found': (...asked) => later().subscribeToFound(...asked),
  'podcast/refresh': (...asked) => later().refreshPodcast(...asked),
  'podcasts/refresh': (...asked) => later().refreshAllPodcasts(...asked),
  'podcast/follow': (...asked) => later().followPodcast(...asked),
  'episodes/seen': (...asked) => later().markEpisodesSeen(...asked),
  'podcast/unsubscribe': (...asked) => later().unsubscribeFromPodcast(...asked),
  'directory/search': (...asked) => later().searchDirectory(...asked),
  'outbox/retry': (...asked) => later().retryOutboxEntry(...asked),
  'outbox/discard': (...asked) => later().discardOutboxEntry(...asked),
  'opml/import': (...asked) => later().importOpml(...asked),
  'opml/fetch': (...asked) => later().fetchOpml(...asked),
  'imports/advance': (...asked) => later().workOnImports(...asked),
  'imports/cancel': (...asked) => later().cancelImport(...asked),
  'imports/resume': (...asked) => later().resumeImport(...asked),
  'imports/clear': (...asked) => later().clearImport(...asked),
  'episode/chapters': (...asked) => later().readChapters(...asked),
  'episode/transcript': (...asked) => later().readTranscript(...asked),
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
  'inspector/broadcast': (...asked) => later().broadcastForInspector(...asked),
  'inspector/whisper': (...asked) => later().whisperForInspector(...asked),
  'inspector/hush': (...asked) => later().hushForInspector(...asked),
  'cache/keep': (...asked) => later().keepAhead(...asked),
} satisfies Handlers<Call>;
