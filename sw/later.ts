import { forgetCompanions, keepCompanions } from './caching/companions.ts';
import { keepMissingCompanions } from './caching/missing-companions.ts';
import { scrub } from './downloads/scrub.ts';
import { verifyIntegrity } from './downloads/verify.ts';
import { followUp } from './feeds/follow-up.ts';
import { refreshPodcasts } from './feeds/refresh-all.ts';
import { exchangeRelayToken } from './hosts/exchange-relay-token.ts';
import { importRound } from './imports/advance.ts';
import { deliverOutbox } from './outbox/deliver.ts';
import { keepAhead } from './requests/cache-keep.ts';
import { searchDirectory } from './requests/directory-search.ts';
import { readChapters } from './requests/episode-chapters.ts';
import { readTranscript } from './requests/episode-transcript.ts';
import { markEpisodesSeen } from './requests/episodes-seen.ts';
import { workOnImports } from './requests/imports-advance.ts';
import { cancelImport, clearImport, resumeImport } from './requests/imports-change.ts';
import { broadcastForInspector } from './requests/inspector-broadcast.ts';
import { hushForInspector } from './requests/inspector-hush.ts';
import { whisperForInspector } from './requests/inspector-whisper.ts';
import { fetchOpml } from './requests/opml-fetch.ts';
import { importOpml } from './requests/opml-import.ts';
import { discardOutboxEntry } from './requests/outbox-discard.ts';
import { retryOutboxEntry } from './requests/outbox-retry.ts';
import { followPodcast } from './requests/podcast-follow.ts';
import { refreshPodcast } from './requests/podcast-refresh.ts';
import { subscribeToPodcast } from './requests/podcast-subscribe.ts';
import { subscribeToFound } from './requests/podcast-subscribe-found.ts';
import { unsubscribeFromPodcast } from './requests/podcast-unsubscribe.ts';
import { refreshAllPodcasts } from './requests/podcasts-refresh.ts';

/*
 * The second script of the worker: what few of its starts need. Everything that reads feeds,
 * chapters, transcripts and the gateway's answers is here, more than half of the code. It is loaded
 * by `later-script.ts` when somebody asks for one of these, and works on the same context.
 */

const later = {
  broadcastForInspector,
  deliverOutbox,
  discardOutboxEntry,
  cancelImport,
  clearImport,
  exchangeRelayToken,
  fetchOpml,
  followPodcast,
  followUp,
  forgetCompanions,
  hushForInspector,
  importOpml,
  importRound,
  keepAhead,
  keepCompanions,
  keepMissingCompanions,
  markEpisodesSeen,
  readChapters,
  readTranscript,
  refreshAllPodcasts,
  refreshPodcast,
  refreshPodcasts,
  retryOutboxEntry,
  searchDirectory,
  subscribeToFound,
  scrub,
  resumeImport,
  subscribeToPodcast,
  unsubscribeFromPodcast,
  verifyIntegrity,
  whisperForInspector,
  workOnImports,
};

export type Later = typeof later;

declare const self: ServiceWorkerGlobalScope & { stowawayLater?: Later };

self.stowawayLater = later;
