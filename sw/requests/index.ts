import type { Handlers } from '../../core/messaging/serve.ts';
import type { WorkerContext } from '../context.ts';
import { later } from '../later-script.ts';
import { claimDownload } from './download-claim.ts';
import { deleteDownload } from './download-delete.ts';
import { noteDownloadLaunched } from './download-launched.ts';
import { pauseDownload } from './download-pause.ts';
import { resumeDownload } from './download-resume.ts';
import { startDownload } from './download-start.ts';
import { advanceDownloads } from './downloads-advance.ts';
import { reconcileDownloads } from './downloads-reconcile.ts';
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
  'podcast/refresh': (...asked) => later().refreshPodcast(...asked),
  'podcasts/refresh': (...asked) => later().refreshAllPodcasts(...asked),
  'podcast/follow': (...asked) => later().followPodcast(...asked),
  'episodes/seen': (...asked) => later().markEpisodesSeen(...asked),
  'podcast/unsubscribe': (...asked) => later().unsubscribeFromPodcast(...asked),
  'outbox/retry': (...asked) => later().retryOutboxEntry(...asked),
  'outbox/discard': (...asked) => later().discardOutboxEntry(...asked),
  'episode/chapters': (...asked) => later().readChapters(...asked),
  'episode/transcript': (...asked) => later().readTranscript(...asked),
  'episode/relay': findRelay,
  'download/start': startDownload,
  'download/pause': pauseDownload,
  'download/resume': resumeDownload,
  'download/delete': deleteDownload,
  'download/claim': claimDownload,
  'download/launched': noteDownloadLaunched,
  'downloads/advance': advanceDownloads,
  'downloads/reconcile': reconcileDownloads,
  'playback/save': savePlayback,
  'settings/save': saveSettings,
  'inspector/broadcast': (...asked) => later().broadcastForInspector(...asked),
  'inspector/whisper': (...asked) => later().whisperForInspector(...asked),
  'inspector/hush': (...asked) => later().hushForInspector(...asked),
  'cache/keep': (...asked) => later().keepAhead(...asked),
} satisfies Handlers<Call>;
